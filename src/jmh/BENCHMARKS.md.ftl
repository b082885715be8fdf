<#-- BENCHMARKS.md, of the data in results.json. -->
<#setting locale="en_US">
<#assign names = {
  "Floor": "a bare socket, prebuilt bytes",
  "ByHandOkHttp": "by hand: OkHttp, Jackson",
  "ByHandJdk": "by hand: the JDK's `HttpClient`, Jackson",
  "Library": "**this library**",
  "LibraryRaw": "**this library**, generated interface",
  "StockFeign": "stock generated `feign`",
  "StockNative": "stock generated `native`",
  "StockOkHttpGson": "stock generated `okhttp-gson`",
  "StockRestClient": "stock generated `restclient`"
}>
<#function n number>
  <#if number?round == number><#return number?string(",##0")></#if>
  <#return number?string((number?abs < 10)?then("0.00", "0.0"))>
</#function>
<#function whole number><#return number?string(",##0")></#function>
<#-- A row, if it was measured. What is within says why it was missed, and is there only then. -->
<#macro goal what measured unit="" most="" least="">
<#if measured?is_number>
<#local reason><#nested></#local>
<#local met = (!most?is_number || measured <= most) && (!least?is_number || measured >= least)>
| ${what} | ${most?is_number?then("at most", "at least")} ${n(most?is_number?then(most, least))}${unit} | ${n(measured)}${unit} | ${met?then("met", "**missed**" + (reason?trim?length > 0)?then(": ", "") + reason?trim)} |
</#if>
</#macro>
<#function ideal callers seconds><#return callers / seconds></#function>
<#assign tls = callers.tls>
<#assign own = tls.Library>
<#-- Microseconds of a removal that are a part's. -->
<#function micros contender part><#return (profiles[contender].micros[part])!0></#function>
<#assign hand = "ByHandOkHttp" waking = "system calls: to wake or wait for threads">
<#assign mine = micros("Library", "this library") + micros("Library", "system calls: this library's checks")>
<#assign whose = "by the profile of a removal below, Feign takes ${n(micros('Library', 'Feign'))} µs, which a call by hand does not have, this library ${n(mine)}, and Jackson ${n(micros('Library', 'Jackson') - micros(hand, 'Jackson'))} more; ${n(micros(hand, waking) - micros('Library', waking))} are saved by waking fewer threads.">
# Benchmarks

Written by `src/jmh/run` from the template [`src/jmh/BENCHMARKS.md.ftl`](src/jmh/BENCHMARKS.md.ftl) and the data in
[`src/jmh/results.json`](src/jmh/results.json). All figures but those of documents are of one run, so compare them with each other
rather than with those of another machine.

|  |  |
| --- | --- |
<#list machine as what, value>
| ${what} | ${value} |
</#list>

## Goals

A goal that is missed says why in its row.

|  | goal | measured |  |
| --- | --- | --- | --- |
<#assign awake = oneCall.awake asleep = oneCall.asleep>
<#list {"remove": "one removal", "init": "one init", "check": "one check"} as operation, what>
<#assign call = awake[operation]>
<@goal what="${what}, against by hand on the same transport" most=1.2 unit=" × the time" measured=(call.Library.ratios.ByHandOkHttp)!"">${whose?cap_first}</@goal><#t>
<@goal what="bytes of ${what}" most=30 unit=" KB" measured=(call.Library.bytes / 1000)!"">Feign's request template and header maps allocate most of what is beyond OkHttp and Jackson by hand.</@goal><#t>
<@goal what="${what}, against stock `feign`" most=1 unit=" × the time" measured=(call.Library.ratios.StockFeign)!"">An answer is read strictly first, and then as its model, which is held against the spec<#if operation != 'remove'>; and a session stands around the call</#if>. Stock `feign` reads it once.</@goal><#t>
<@goal what="bytes of ${what}, against stock `feign`" most=0.7 unit=" × the bytes" measured=(call.Library.bytes / call.StockFeign.bytes)!"">Feign and OkHttp, which both have, allocate most of them.</@goal><#t>
</#list>
<@goal what="of a removal, this library's own code and its checks, by the profile" most=2.5 unit=" µs" measured=mine>Before each request the connection is asked whether something waits there that would be taken for the answer: three system calls, ${n(micros("Library", "system calls: this library's checks"))} µs. The rest, ${n(micros("Library", "this library"))} µs, is spent around Feign and OkHttp: the token, the deadline, the outcome, and the strict reading of the answer.</@goal><#t>
<@goal what="one removal, against by hand, with processors that may sleep" most=1.2 unit=" × the time" measured=(asleep.remove.Library.ratios.ByHandOkHttp)!"">By hand, more threads are woken during a call, which keeps a processor awake that this library's call then has to wait for.</@goal><#t>
<@goal what="one removal, against stock `feign`, with processors that may sleep" most=1 unit=" × the time" measured=(asleep.remove.Library.ratios.StockFeign)!"">The same: a stock call wakes more threads, and a processor that is awake answers sooner.</@goal><#t>
<@goal what="64 callers, of the ideal" least=95 unit=" %" measured=(100 * own["64"].perSecond / ideal(64, 0.02))!"">The two processors serve gateway and callers, and a bare socket reaches ${n((100 * tls.Floor["64"].perSecond / ideal(64, 0.02))!0)} %.</@goal><#t>
<@goal what="64 callers, p99, against the gateway's time" most=1.5 unit=" ×" measured=(own["64"].p99 / 20)!"">By the processors that gateway and callers share: a bare socket has ${n((tls.Floor["64"].p99 / 20)!0)} ×.</@goal><#t>
<@goal what="64 callers, connections opened" most=64 unit=" in each trial" measured=(own["64"].connections)!""/>
<@goal what="64 callers, handshakes after the warm-up" most=0 measured=(own["64"].late)!""/>
<@goal what="256 callers, of the ideal" least=93 unit=" %" measured=(100 * own["256"].perSecond / ideal(256, 0.02))!"">The two processors serve gateway and callers, and a bare socket reaches ${n((100 * tls.Floor["256"].perSecond / ideal(256, 0.02))!0)} % of it, by hand ${n((100 * tls.ByHandOkHttp["256"].perSecond / ideal(256, 0.02))!0)} %; a call by this library takes more of the processors.</@goal><#t>
<@goal what="256 callers, p99, against the gateway's time" most=1.5 unit=" ×" measured=(own["256"].p99 / 20)!"">By the processors that gateway and callers share: a bare socket has ${n((tls.Floor["256"].p99 / 20)!0)} ×, by hand ${n((tls.ByHandOkHttp["256"].p99 / 20)!0)} ×.</@goal><#t>
<@goal what="256 callers, answers other than 200" most=0 measured=(own["256"].refused)!""/>
<@goal what="8 callers, against 1" least=7.6 unit=" × the calls" measured=(own["8"].perSecond / own["1"].perSecond)!""/>
<@goal what="64 callers, against 8" least=7.6 unit=" × the calls" measured=(own["64"].perSecond / own["8"].perSecond)!""/>
<#assign bytes = own?values?map(load -> load.bytes)>
<@goal what="bytes of a call, at any number of callers" most=1.1 unit=" × the least" measured=bytes?max / bytes?min>A trial of few calls counts what happens once in it: one caller makes ${whole((own["1"].perSecond)!0)} a second.</@goal><#t>
<#list ["virtual200", "virtual1000"] as kind>
<#list (callers[kind].Library)!{} as count, load>
<#assign what = "${whole(count?number)} virtual threads, a gateway that takes ${(kind == 'virtual200')?then('200 ms', '1 s')}" floor = callers[kind].Floor[count]>
<@goal what="${what}, against as many bare sockets" least=90 unit=" %" measured=100 * load.perSecond / floor.perSecond>Gateway and callers share two processors, and have them all: a call by this library takes more of them than one that writes prebuilt bytes to a socket of its own. It makes ${whole(load.perSecond)} calls a second<#if (callers[kind].ByHandOkHttp[count])??>, by hand ${whole(callers[kind].ByHandOkHttp[count].perSecond)}</#if>, a bare socket ${whole(floor.perSecond)}, of ${whole(ideal(count?number, (kind == "virtual200")?then(0.2, 1)))}.</@goal><#t>
<@goal what="${what}, connections opened" most=count?number measured=load.connections>A call takes the first of this library's pools that has room at that moment. Where the processors delay calls by seconds, that is now one pool and now another, and each opens a connection where the other has an idle one.</@goal><#t>
<@goal what="${what}, threads pinned" most=0 measured=load.pinned/>
</#list>
</#list>
<#list sessions.Library as how, bySessions>
<#list bySessions as count, wait>
<#assign what = "${whole(count?number)} sessions, ${(how == 'async')?then('`awaitAsync`', '`await` on virtual threads')}">
<@goal what="${what}, p99 of how late a check is" most=500 unit=" ms" measured=wait.p99>A check takes ${n(wait.micros)} µs of processor time, and gateway and sessions share the processors.<#if how == "virtual"> Each session has a thread, whose stack the collector looks through, and there is no limit to checks at once, as 256 is with `awaitAsync`.</#if></@goal><#t>
<@goal what="${what}, sessions that were not checked" most=0 measured=wait.unchecked/>
</#list>
<#if bySessions?keys?size == 2>
<#assign few = bySessions?values?first many = bySessions?values?last>
<@goal what="bytes of heap a session, ${whole(many.sessions)} against ${whole(few.sessions)}, ${(how == 'async')?then('`awaitAsync`', '`await` on virtual threads')}" most=1.1 unit=" ×" measured=many.heap / few.heap>Connections and calls under way are part of it; there are more a session where more checks come at once.</@goal><#t>
</#if>
</#list>
<@goal what="process start to first removal, against stock `feign`" most=1 unit=" × the time" measured=starts.Library.remove.median / starts.StockFeign.remove.median>${whole((classes.Library.remove.median)!0)} classes are loaded, ${whole((classes.StockFeign.remove.median)!0)} by stock `feign`.</@goal><#t>
<@goal what="`mvn verify`" most=300 unit=" s" measured=(builds.verify.median / 1000)!""/>
<@goal what="`.ci/run`" most=30 unit=" min" measured=(builds.ci.median / 60000)!"">The tests run four times, on two JDKs with four sets of libraries, which is two fifths of it; the rest is the release that goes nowhere, the sample on three lines of Spring Boot, other languages and brief benchmarks.</@goal><#t>
<@goal what="runs of this library that an exception ended" most=0 measured=failed?filter(run -> run.contender?starts_with("Library"))?size/>

<#if failed?has_content>
Runs that an exception ended, and that were done once more: <#list failed as run>${names[run.contender]} (${run.result})<#sep>, </#sep></#list>.

</#if>
## One call

One caller, on loopback, without TLS, against a gateway that answers at once: a removal, the beginning of a login (init), and a
check of one that still waits. The contenders take turns, each in a new process, and are compared within a round; of a contender's
rounds the one in the middle is given.

<#macro calls table>
|  |  | µs | least | most | rounds | bytes allocated |
| --- | --- | --: | --: | --: | --: | --: |
<#list table as operation, byContender>
<#list names as contender, name>
<#if byContender[contender]??>
<#local call = byContender[contender]>
| ${operation} | ${name} | ${n(call.micros.median)} | ${n(call.micros.least)} | ${n(call.micros.most)} | ${call.micros.count} | ${whole(call.bytes)} |
</#if>
</#list>
</#list>
</#macro>
<@calls awake/>

With processors that may sleep, waking them is part of what is measured, and a client whose other threads keep them awake gains by
it:

<@calls asleep/>

Where the caller's thread spends a removal, by async-profiler's samples in one more process of each: whose code is the innermost,
system calls apart. This library alone asks its connection before a request whether there is something to read, which would be taken
for the answer, and reads an answer twice: first whether it is one, as strictly as it must, then what it holds.

<#assign profiled = names?keys?filter(contender -> profiles[contender]??)>
<#assign parts = []>
<#list profiled as contender><#list profiles[contender].micros as part, micros><#if !parts?seq_contains(part)><#assign parts += [part]></#if></#list></#list>
| µs |<#list profiled as contender> ${names[contender]} |</#list>
| --- |<#list profiled as contender> --: |</#list>
<#list parts?sort as part>
| ${part} |<#list profiled as contender> ${n((profiles[contender].micros[part])!0)} |</#list>
</#list>
| all |<#list profiled as contender> ${n(profiles[contender].all)} |</#list>

<#if instructions?has_content>
Instructions do not drift with the machine. Those of the calling thread for a removal, outside the kernel, once what it runs through is
compiled, counted by callgrind, since a processor that a hypervisor shares out has no counters for `perf stat`:

|  | instructions | of by hand |
| --- | --: | --: |
<#list names as contender, name>
<#if instructions[contender]??>
<#assign count = instructions[contender].remove.median>
| ${name} | ${whole(count)} | ${n(count / (instructions.ByHandOkHttp.remove.median)!count)} × |
</#if>
</#list>
</#if>

## Many callers

<#macro loads table seconds>
|  | callers | calls/s | of the ideal | p50, ms | p99, ms | bytes a call | connections | after warm-up |
| --- | --: | --: | --: | --: | --: | --: | --: | --: |
<#list names as contender, name>
<#list (table[contender]?keys?map(count -> count?number)?sort)![] as count>
<#local load = table[contender][count?c]>
| ${name} | ${whole(count)} | ${whole(load.perSecond)} | ${n(100 * load.perSecond / ideal(count, seconds))} % | ${n(load.median)} | ${n(load.p99)} | ${whole(load.bytes)} | ${whole(load.connections)} | ${whole(load.late)} |
</#list>
</#list>
</#macro>
They share one client and call, over TLS, a gateway that takes 20 ms, when what they run through is compiled. Connections are those
that the gateway counted in a trial, and of them those opened after its warm-up; each takes one TLS handshake. The warm-up takes
<#list own?keys?map(count -> count?number)?sort as count>${own[count?c].warmup} with ${count}<#sep>, </#sep></#list>.

<@loads tls 0.02/>

### On virtual threads

On JDK ${machine["newest JDK"]!}, without TLS, so that two processors can serve both sides. The gateway takes 200 ms, and where 10,000
callers would ask more of the processors than bare sockets can have of them, 1 s as well, which are as many calls a second as 2,000
make of a gateway that takes 200 ms. Pinned threads are those that the flight recorder noted, however shortly, after the warm-up.

A gateway that takes 200 ms:

<@loads callers.virtual200 0.2/>

A gateway that takes 1 s:

<@loads callers.virtual1000 1/>

## Sessions that wait

In one JVM with 256 MiB of heap, without TLS, checked every two seconds at a gateway that takes 20 ms. When checks came is what the
gateway logged, to the millisecond: the next one is due two seconds after the answer to the last, and is late from then until its
request arrives; what never came, as of a session without a check, is not in the lateness. Heap is what is in use after a collection,
less what it is before the first session waits; beside the heap is what the process has in memory otherwise, such as the stacks of
threads. Processor time is all that the process takes, by its checks.

|  | sessions | checks | sessions without one | late, p50, ms | p99 | most | heap a session, bytes | beside the heap | processor a check, µs |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |
<#assign ways = {"async": "`awaitAsync`", "virtual": "`await`, a virtual thread each", "threads": "a loop with `Thread.sleep`, a thread each"}>
<#list sessions as contender, byWay>
<#list byWay as how, bySessions>
<#list bySessions as count, wait>
| ${names[contender]}, ${ways[how]} | ${whole(wait.sessions)} | ${whole(wait.checks)} | ${whole(wait.unchecked)} | ${n(wait.median)} | ${n(wait.p99)} | ${n(wait.most)} | ${whole(wait.heap)} | ${whole(wait.resident)} | ${n(wait.micros)} |
</#list>
</#list>
</#list>
<#list waitsFailed as wait>
| ${names[wait.contender]}, ${ways[wait.how]} | ${whole(wait.sessions)} | does not bear it: ${wait.why} |  |  |  |  |  |  |  |
</#list>

## Documents

Written by `src/jmh/run documents` or with the rest, each figure of a new process with the serial collector, over loopback, without
TLS, to a gateway in a process of its own that keeps no byte. Heap is the least that must be free for a call to end well, found to
16 KB or a thousandth of the document by filling the rest, beyond what a call with one byte needs, as a multiple of the document; the
bytes that an application hands over or gets are part of it. Time is the middle one of several calls, after as many to warm up, as a
multiple of writing or reading the same number of bytes with a bare socket, which keeps none. This library takes a file or bytes, and
downloads to a file or to bytes; the stock clients take bytes, and download to a file.

<#if documents.machine.commit != machine.commit || documents.machine.measured != machine.measured>
|  |  |
| --- | --- |
<#list documents.machine as what, value>
<#if !["Maven", "gateway", "processors kept awake"]?seq_contains(what)>
| ${what} | ${value} |
</#if>
</#list>

</#if>
<#assign documentNames = names + {"Floor": "a bare socket, in ms", "Library": "**this library**, a file", "LibraryRaw": "**this library**, bytes"}>
<#-- As a multiple of the document, or of what a bare socket takes; or what went wrong, or nothing. -->
<#function multiple contender direction size kind>
  <#local value = (documents.measured[contender][direction][size][kind])!"">
  <#if value?is_string><#return value></#if>
  <#if contender == "Floor"><#return value.median></#if>
  <#return [0, value.median / (kind == "heap")?then(size?number, (documents.measured.Floor[direction][size].time.median)!value.median)]?max>
</#function>
<#list ["upload", "download"] as direction>
| ${direction} |<#list ["heap", "time"] as kind><#list documents.sizes as size> ${kind}, ${whole(size?number / 1000000)} MB |</#list></#list>
| --- |<#list ["heap", "time"] as kind><#list documents.sizes as size> --: |</#list></#list>
<#list documentNames as contender, name>
<#if documents.measured[contender]??>
| ${name} |<#list ["heap", "time"] as kind><#list documents.sizes as size><#assign cell = multiple(contender, direction, size, kind)> ${cell?is_string?then(cell, cell?is_number?then(cell?is_number?then(cell, 0)?string("0.00"), ""))} |</#list></#list>
</#if>
</#list>

</#list>
<#-- A file's memory does not grow with it: 1 MB for any. -->
|  | goal | measured |  |
| --- | --- | --- | --- |
<#list ["upload", "download"] as direction>
<#list documents.sizes as size>
<#list ["Library", "LibraryRaw"] as contender>
<#assign what = "${documentNames[contender]}, ${direction} of ${whole(size?number / 1000000)} MB" most = (contender == "Library")?then(1000000 / size?number, (direction == "upload")?then(2.5, 3))>
<@goal what="${what}" most=most unit=" × the document" measured=multiple(contender, direction, size, "heap")/>
<#assign stock = ["StockFeign", "StockOkHttpGson"]?map(other -> multiple(other, direction, size, "time"))?filter(time -> time?is_number)>
<#if stock?has_content>
<@goal what="${what}, as fast as the faster stock client" most=stock?min unit=" × a bare socket's time" measured=multiple(contender, direction, size, "time")>Before a document reaches its file, its answer is read as far as tells it from an error, and each part puts the call's end off.</@goal><#t>
</#if>
</#list>
</#list>
</#list>

## Process start and size

From the start of a process to its end, after one removal over TLS.

|  | median, ms | least | most | classes | runtime jars | KB |
| --- | --: | --: | --: | --: | --: | --: |
<#list names as contender, name>
<#if starts[contender]??>
<#assign start = starts[contender].remove>
| ${name} | ${whole(start.median)} | ${whole(start.least)} | ${whole(start.most)} | ${whole(classes[contender].remove.median)} | ${jars[contender].names?size} | ${whole(jars[contender].bytes / 1000)} |
</#if>
</#list>

What else is loaded for the first login (init and one check) and the first upload, in processes of their own:

|  | first | median, ms | beyond a removal | classes | beyond a removal |
| --- | --- | --: | --: | --: | --: |
<#list ["Library", "StockFeign"] as contender>
<#list ["login", "upload"] as what>
<#assign start = starts[contender][what] loaded = classes[contender][what]>
| ${names[contender]} | ${what} | ${whole(start.median)} | ${whole(start.median - starts[contender].remove.median)} | ${whole(loaded.median)} | ${whole(loaded.median - classes[contender].remove.median)} |
</#list>
</#list>

## Generation and build

|  | median, s | runs |
| --- | --: | --: |
<#list {
  "no-op": "`mvn -q compile` with nothing changed",
  "generate": "`mvn -q clean generate-sources`",
  "clean": "`mvn -q clean package -DskipTests`",
  "verify": "`mvn verify`",
  "ci": "`.ci/run`"
} as kind, what>
<#if builds[kind]??>
| ${what} | ${n(builds[kind].median / 1000)} | ${builds[kind].count} |
</#if>
</#list>

## Versions

The class path of each; of the stock clients it is what their generated POMs ask for.

|  | jars |
| --- | --- |
<#list names as contender, name>
<#if (jars[contender].names)?has_content && contender != "LibraryRaw">
| ${name} | ${jars[contender].names?join(", ")} |
</#if>
</#list>

## Planning
<#assign wait = sessions.Library.async?values?last>

Reckoned from the figures above, for people who take 15 s to confirm, and a gateway that takes 200 ms for a call. A login is one
init and then a check every two seconds. The sessions that wait are the logins of 15 s; the calls under way are those of 200 ms, and
each has a connection. A call takes ${n(wait.micros)} µs of a processor and a session that waits ${whole(wait.heap)} bytes, as with ${whole(wait.sessions)} sessions
of `awaitAsync` above. An instance is to spend half a processor on this, which leaves the rest for TLS and for the application, and
there are two instances at least.

| logins an hour | sessions waiting | calls a second | calls under way, connections | heap, MB | processors | instances |
| --: | --: | --: | --: | --: | --: | --: |
<#list [1000, 10000, 100000, 1000000, 10000000] as logins>
<#assign perSecond = logins / 3600 waiting = perSecond * 15 calls = perSecond + waiting / 2 processors = calls * wait.micros / 1000000>
| ${whole(logins)} | ${whole(waiting?ceiling)} | ${n(calls)} | ${whole((calls * 0.2)?ceiling)} | ${n(waiting * wait.heap / 1000000)} | ${processors?string("0.000")} | ${whole([2, (processors / 0.5)?ceiling]?max)} |
</#list>

Plan for the busiest minute, times 60, and not for the mean. The gateway comes to its limit before the application does: agree with
its operator on a number of checks a second, and let `pollInterval` be the number of sessions that wait divided by it. A person then
waits half an interval on average for what they have confirmed. `Retry-After` makes the pause longer by itself.

| 100,000 logins an hour, checked every | checks a second | a person waits, s |
| --: | --: | --: |
<#list [1, 2, 4, 8] as interval>
| ${interval} s | ${whole(100000 / 3600 * 15 / interval)} | ${n(interval / 2)} |
</#list>

An application that outgrows one machine spreads its sessions over several. A session is its id, and any instance can check it:

- Keep the ids in the database or session store that the application has, each with the time of its next check and of its end.
- On every instance, let the application's scheduler take those that are due, some hundreds at a time, so that no other instance takes
  them (`SELECT … FOR UPDATE SKIP LOCKED`), call `authentication(id).poll()` for each, and store the result or the next time.
- An instance that dies loses no session: what it had taken is due again. `awaitAsync` is for an application that begins and ends a
  session in one process.
- More instances make no more checks: ${whole(100000 / 3600 * 15 / 2)} a second at 100,000 logins an hour, on one instance as on ten. The interval is the scheduler's.
