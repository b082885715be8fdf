<#include "figures.ftl">
<#-- The reasons of what was missed were found for one commit. -->
<#assign explained = machine.commit == "998fec0" met = 0>
<#-- A goal; listed if it was missed, counted if it was met. What is within says why it was missed. -->
<#macro goal what measured unit="" most="" least="">
<#if measured?is_number>
<#if (!most?is_number || measured <= most) && (!least?is_number || measured >= least)>
<#assign met++>
<#else>
<#local reason><#nested></#local>
- **${what}**: ${n(measured)}${unit} (goal: ${most?is_number?then("at most", "at least")} ${n(most?is_number?then(most, least))}).<#if explained> ${reason?trim}</#if>
</#if>
</#if>
</#macro>
<#assign missed>
<#list {"remove": "A removal", "init": "An init", "check": "A check"} as operation, what>
<#assign call = oneCall.awake[operation]>
<@goal what="${what}, compared with a call by hand" most=1.2 unit=" × the time" measured=(call.Library.ratios.ByHandOkHttp)!""><#if operation == "remove">Of a removal, Feign takes ${n(micros("Library", "Feign"))} µs and the library's own code and checks ${n(micros("Library", "this library") + micros("Library", "system calls: this library's checks"))} µs, which a call by hand does not have.<#else>The reason is the same.</#if></@goal><#t>
<@goal what="Memory of ${what?uncap_first}" most=30 unit=" KB" measured=(call.Library.bytes / 1000)!""/>
<@goal what="${what}, compared with generated `feign`" most=1 unit=" × the time" measured=(call.Library.ratios.StockFeign)!"">The library parses a response twice: strictly for `status`, then as its model. Generated `feign` parses it once.</@goal><#t>
<@goal what="Memory of ${what?uncap_first}, compared with generated `feign`" most=0.7 unit=" × the bytes" measured=(call.Library.bytes / call.StockFeign.bytes)!""/>
</#list>
<@goal what="The library's own part of a removal" most=2.5 unit=" µs" measured=micros("Library", "this library") + micros("Library", "system calls: this library's checks")>Three system calls, ${n(micros("Library", "system calls: this library's checks"))} µs of it, look for an unsolicited response before each request.</@goal><#t>
<@goal what="A removal, compared with a call by hand, with processors that may sleep" most=1.2 unit=" × the time" measured=(oneCall.asleep.remove.Library.ratios.ByHandOkHttp)!"">The call by hand wakes more threads, which keeps a processor awake.</@goal><#t>
<@goal what="A removal, compared with generated `feign`, with processors that may sleep" most=1 unit=" × the time" measured=(oneCall.asleep.remove.Library.ratios.StockFeign)!""/>
<@goal what="64 callers" least=95 unit=" % of the ideal" measured=(100 * own["64"].perSecond / ideal(64, 0.02))!""/>
<@goal what="64 callers, p99" most=1.5 unit=" × the gateway's time" measured=(own["64"].p99 / 20)!""/>
<@goal what="64 callers, connections" most=64 measured=(own["64"].connections)!""/>
<@goal what="64 callers, handshakes after the warm-up" most=0 measured=(own["64"].late)!""/>
<@goal what="256 callers" least=93 unit=" % of the ideal" measured=(100 * own["256"].perSecond / ideal(256, 0.02))!"">Gateway and callers share two processors; a bare socket reaches ${n((100 * tls.Floor["256"].perSecond / ideal(256, 0.02))!0)} %.</@goal><#t>
<@goal what="256 callers, p99" most=1.5 unit=" × the gateway's time" measured=(own["256"].p99 / 20)!"">For the same reason: a bare socket has ${n((tls.Floor["256"].p99 / 20)!0)}.</@goal><#t>
<@goal what="256 callers, responses other than 200" most=0 measured=(own["256"].refused)!""/>
<@goal what="8 callers, compared with 1" least=7.6 unit=" × the calls" measured=(own["8"].perSecond / own["1"].perSecond)!""/>
<@goal what="64 callers, compared with 8" least=7.6 unit=" × the calls" measured=(own["64"].perSecond / own["8"].perSecond)!""/>
<#assign bytes = own?values?map(load -> load.bytes)>
<@goal what="Memory of a call at any number of callers" most=1.1 unit=" × the least" measured=bytes?max / bytes?min>One caller makes few calls, so what happens once in a trial weighs more.</@goal><#t>
<#list ["virtual200", "virtual1000"] as kind>
<#list (callers[kind].Library)!{} as count, load>
<#assign what = "${whole(count?number)} virtual threads, a gateway that takes ${(kind == 'virtual200')?then('200 ms', '1 s')}">
<@goal what="${what}" least=90 unit=" % of the calls of bare sockets" measured=100 * load.perSecond / callers[kind].Floor[count].perSecond>Gateway and callers use up the two processors.</@goal><#t>
<@goal what="${what}, connections" most=count?number measured=load.connections>The library then had several connection pools, which opened connections while another pool had idle ones.</@goal><#t>
<@goal what="${what}, pinned threads" most=0 measured=load.pinned/>
</#list>
</#list>
<#list sessions.Library as how, bySessions>
<#list bySessions as count, wait>
<#assign what = "${whole(count?number)} sessions, ${ways[how]}">
<@goal what="${what}, p99 of how late a check is" most=500 unit=" ms" measured=wait.p99/>
<@goal what="${what}, sessions without a check" most=0 measured=wait.unchecked/>
</#list>
<#if bySessions?keys?size == 2>
<@goal what="Heap of a session, many compared with few, ${ways[how]}" most=1.1 unit=" ×" measured=bySessions?values?last.heap / bySessions?values?first.heap/>
</#if>
</#list>
<@goal what="Process start to first removal, compared with generated `feign`" most=1 unit=" × the time" measured=starts.Library.remove.median / starts.StockFeign.remove.median>The library loads ${whole((classes.Library.remove.median)!0)} classes, generated `feign` ${whole((classes.StockFeign.remove.median)!0)}.</@goal><#t>
<@goal what="`mvn verify`" most=300 unit=" s" measured=(builds.verify.median / 1000)!""/>
<@goal what="`.ci/run`" most=30 unit=" min" measured=(builds.ci.median / 60000)!"">Two fifths of it are the tests, which run on two JDKs with four sets of libraries.</@goal><#t>
<@goal what="Runs of this library that an exception ended" most=0 measured=failed?filter(run -> run.contender?starts_with("Library"))?size/>
<#-- The memory of a file does not grow with it: 1 MB for any. -->
<#list ["upload", "download"] as direction>
<#list documents.sizes as size>
<#list ["Library", "LibraryRaw"] as contender>
<#assign what = "${direction?cap_first} of ${whole(size?number / 1000000)} MB, ${(contender == 'Library')?then('a file', 'bytes')}" most = (contender == "Library")?then(1000000 / size?number, (direction == "upload")?then(2.5, 3))>
<@goal what="${what}" most=most unit=" × the document in memory" measured=multiple(contender, direction, size, "heap")/>
<#assign stock = ["StockFeign", "StockOkHttpGson"]?map(other -> multiple(other, direction, size, "time"))?filter(time -> time?is_number)>
<#if stock?has_content>
<@goal what="${what}, as fast as the faster generated client" most=stock?min unit=" × a bare socket's time" measured=multiple(contender, direction, size, "time")>Before a document goes to its file, the first bytes are checked, and each part extends the deadline.</@goal><#t>
</#if>
</#list>
</#list>
</#list>
</#assign>
<#assign wait = sessions.Library.async?values?last>
# Benchmarks

`src/jmh/run` compares this library with calls by hand and with generated clients, and writes this report from
[README.md.ftl](README.md.ftl), all tables from [results.md.ftl](results.md.ftl) into [results.md](results.md), and all data into
[results.json](results.json).

```
src/jmh/run              # everything, 45 minutes on a machine that does nothing else
src/jmh/run quick        # each measurement briefly, to see that it runs; writes nothing
src/jmh/run documents    # the documents alone, 10 minutes
```

The figures are those of commit ${machine.commit} (documents: ${documents.machine.commit}), measured on ${machine.processor}, ${machine.memory}, JDK ${machine.JDK?keep_before("+")}.
<#if explained>

**They are not those of today's code**: since then one OkHttp client, with plain sockets, has replaced the transport, and one call
object the layers around it. Nothing was measured again.

</#if>
Compare figures of one run with each other, not with those of another machine.

## Summary

- **One call** over loopback: a removal takes ${n(oneCall.awake.remove.Library.micros.median)} µs and allocates ${n(oneCall.awake.remove.Library.bytes / 1000)} KB. That is ${n((oneCall.awake.remove.Library.ratios.ByHandOkHttp)!0)} × the time of a call by hand
  (OkHttp and Jackson), ${n((oneCall.awake.remove.Library.ratios.StockFeign)!0)} × that of the generated `feign` client, and ${n(oneCall.awake.remove.Library.bytes / oneCall.awake.remove.StockFeign.bytes)} × its memory. A real gateway takes
  20 to 200 ms, which hides all of these.
- **Many callers** share one client over TLS, at a gateway that takes 20 ms: 64 callers make ${n((100 * own["64"].perSecond / ideal(64, 0.02))!0)} % of the calls that are possible,
  on ${(own["64"].connections)!0} connections.
- **Sessions that wait**: ${whole(wait.sessions)} sessions in a heap of 256 MiB. With `awaitAsync`, 99 of 100 checks are at most ${n(wait.p99)} ms late<#if (sessions.Library.virtual)??>, with `await` on
  virtual threads ${n(sessions.Library.virtual?values?last.p99)} ms</#if>.
- **Documents**: an upload of a file of ${whole(documents.sizes?last?number / 1000000)} MB needs ${multiple("Library", "upload", documents.sizes?last, "heap")?string("0.00")} × its size in memory, the generated `feign` client ${multiple("StockFeign", "upload", documents.sizes?last, "heap")?string("0.00")} ×.
- **Start**: ${whole(starts.Library.remove.median)} ms from the start of a process to its end after one removal, generated `feign` ${whole(starts.StockFeign.remove.median)} ms.

## How it is measured

- **One call.** One caller, loopback, no TLS, a gateway that responds at once. *Init* begins a login, *check* asks for one that
  still waits. The contenders take turns, each in a new process, and are compared within a round; the median round is shown.
- **Profile.** Whose code is innermost, system calls apart.
- **Many callers.** After a warm-up, when the code is compiled; the warm-up takes <#list own?keys?map(count -> count?number)?sort as count>${own[count?c].warmup} with ${count}<#sep>, </#sep></#list>. Connections are
  those that the gateway counted, and of them those opened after the warm-up. *Ideal* is callers divided by the gateway's time.
- **Virtual threads.** On JDK ${(machine["newest JDK"]!)?keep_before("+")}, without TLS, at a gateway that takes 200 ms or 1 s. The flight recorder counts pinned threads.
- **Sessions.** One JVM, checks every two seconds, at a gateway that takes 20 ms. A check is due two seconds after the last
  response, and late until the gateway logs its request. Heap is what is in use after a collection, less what it is before the
  first session.
- **Documents.** The serial collector, no TLS, a new process for each figure. Heap is the least that must be free, beyond that of
  a document of one byte, as a multiple of the document. Time is a multiple of a bare socket's. The generated clients take bytes,
  and download to a file.
- **Start.** From the start of a process to its end, after one removal over TLS.

## Goals

${met} goals are met. These are missed:

${missed?trim?replace("\n\n+", "\n", "r")}

<#if failed?has_content>
Runs that an exception ended, and that were repeated: <#list failed as run>${names[run.contender]} (${run.result})<#sep>, </#sep></#list>.

</#if>
## Planning

People take 15 s to confirm, a gateway takes 200 ms for a call, and a login is one init and a check every two seconds. A call
takes ${n(wait.micros)} µs of a processor and a session that waits ${whole(wait.heap)} bytes. An instance spends half a processor on this; there
are at least two instances.

|logins an hour|sessions|calls a second|connections|heap, MB|processors|instances|
|--:|--:|--:|--:|--:|--:|--:|
<#list [10000, 100000, 1000000, 10000000] as logins>
<#assign perSecond = logins / 3600 waiting = perSecond * 15 calls = perSecond + waiting / 2 processors = calls * wait.micros / 1000000>
|${whole(logins)}|${whole(waiting?ceiling)}|${n(calls)}|${whole((calls * 0.2)?ceiling)}|${n(waiting * wait.heap / 1000000)}|${processors?string("0.000")}|${whole([2, (processors / 0.5)?ceiling]?max)}|
</#list>

Plan for the busiest minute, not for the mean. The gateway reaches its limit before the application does: agree with its operator
on a number of checks a second, and set `pollInterval` to the number of sessions that wait, divided by it. At 100,000 logins an
hour, a `pollInterval` of 2 s makes ${whole(100000 / 3600 * 15 / 2)} checks a second, one of 8 s ${whole(100000 / 3600 * 15 / 8)}. A person then waits half an interval on average.

An application on several machines needs no sticky sessions, because any instance can check a session by its id:

- Store the ids in a database, each with the time of its next check and of its end.
- On each instance, the scheduler takes those that are due (`SELECT … FOR UPDATE SKIP LOCKED`), calls
  `authentication(id).poll()` for each, and stores the result or the next time.
- An instance that dies loses no session. `awaitAsync` is for an application that begins and ends a session in one process.
