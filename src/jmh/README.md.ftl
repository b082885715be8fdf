<#include "figures.ftl">
<#-- The reasons for missed goals were determined for one commit. -->
<#assign explained = machine.commit == "7d946dc" met = 0>
<#-- A goal is counted if it was met, and listed if it was missed. The nested text says why it was missed. -->
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
<@goal what="${what}, compared with a call by hand" most=1.5 unit=" × the time" measured=(call.Library.ratios.ByHandOkHttp)!"">Of a removal, Feign takes ${n(micros("Library", "Feign"))} µs and the library's own code ${n(micros("Library", "this library"))} µs, which a call by hand does not have. An init and a check parse more. Rounds differ by up to 70 %, because each process compiles differently.</@goal>
<@goal what="${what}, compared with generated `feign`" most=1 unit=" × the time" measured=(call.Library.ratios.StockFeign)!"">The library checks arguments, and parses a response twice: strictly for `status`, then as its model. Generated `feign` parses it once and checks nothing.</@goal>
<@goal what="Memory of ${what?uncap_first}, compared with generated `feign`" most=1 unit=" × the bytes" measured=(call.Library.bytes / call.StockFeign.bytes)!""/>
</#list>
<@goal what="A removal at a gateway that takes 20 ms over TLS, compared with a call by hand" most=1.03 unit=" × the time" measured=tls.ByHandOkHttp["1"].perSecond / own["1"].perSecond>One caller makes 48 calls a second, so that most of the code is interpreted, and the library has more code.</@goal>
<#assign idealOf = [64, 256]?map(count -> 100 * own[count?c].perSecond / ideal(count, 0.02)) byHand = 100 * tls.ByHandOkHttp["256"].perSecond / ideal(256, 0.02)>
<@goal what="64 callers" least=95 unit=" % of the ideal" measured=idealOf[0]/>
<@goal what="256 callers" least=95 unit=" % of the ideal" measured=idealOf[1]>Gateway and callers share two processors; a bare socket reaches ${n(100 * tls.Floor["256"].perSecond / ideal(256, 0.02))} %.</@goal>
<@goal what="256 callers, compared with calls by hand" most=3 unit=" points below" measured=byHand - idealOf[1]>The processors are used up, and a call takes twice the processor time of a call by hand.</@goal>
<#list {"2000": "2,000 virtual threads, a gateway that takes 200 ms"} as count, what>
<#assign load = callers.virtual200.Library[count]>
<@goal what=what least=90 unit=" % of the calls of bare sockets" measured=100 * load.perSecond / callers.virtual200.Floor[count].perSecond>Gateway and callers use up the two processors.</@goal>
<@goal what="${what}, pinned threads" most=0 measured=load.pinned/>
</#list>
<#list sessions.Library as how, bySessions>
<#list bySessions as count, wait>
<@goal what="${whole(count?number)} sessions, ${ways[how]}, p99 of how late a check is" most=500 unit=" ms" measured=wait.p99>The processors are used up: 5,000 checks a second of 220 µs each, while the code is still being compiled. `awaitAsync` makes as many with fewer threads.</@goal>
</#list>
<#if bySessions?keys?size == 2>
<@goal what="Heap of a session, many compared with few, ${ways[how]}" most=1.1 unit=" ×" measured=bySessions?values?last.heap / bySessions?values?first.heap/>
</#if>
</#list>
<#list outage as count, late>
<@goal what="An outage with ${whole(count?number)} sessions, the last end after its limit" most=60 unit=" s" measured=late.median / 1000/>
</#list>
<#list ["upload", "download"] as direction>
<#list documents.sizes as size>
<#assign what = "${direction?cap_first} of ${whole(size?number / 1000000)} MB from or to a file">
<@goal what="${what}, heap" most=2 unit=" MB" measured=(multiple("Library", direction, size, "heap") * size?number / 1000000)!""/>
<@goal what="${what}, compared with generated `feign`" most=1 unit=" × the time" measured=(documents.measured.Library[direction][size].time.median / documents.measured.StockFeign[direction][size].time.median)!"">A download is written beside the file, forced to the disk, and moved into place. Generated `feign` writes to the file.</@goal>
</#list>
</#list>
<@goal what="Process start to first removal, compared with generated `feign`" most=1 unit=" × the time" measured=starts.Library.remove.median / starts.StockFeign.remove.median/>
</#assign>
<#assign wait = sessions.Library.async?values?last>
# Benchmarks

`src/jmh/run` compares this library with calls by hand and with generated clients, and writes this report from
[README.md.ftl](README.md.ftl), all tables from [results.md.ftl](results.md.ftl) into [results.md](results.md), and all data into
[results.json](results.json).

```
src/jmh/run              # everything, 55 minutes on a machine that does nothing else
src/jmh/run quick        # each measurement briefly, to see that it runs; writes nothing
src/jmh/run documents    # only the documents, 10 minutes
```

The figures are from commit ${machine.commit} (documents: ${documents.machine.commit}), measured on ${machine.processor}, ${machine.memory}, JDK ${machine.JDK?keep_before("+")}.

Compare figures only within one run, not between machines.

## Summary

- **One call** over loopback: a removal takes ${n(oneCall.awake.remove.Library.micros.median)} µs and allocates ${n(oneCall.awake.remove.Library.bytes / 1000)} KB. That is ${n((oneCall.awake.remove.Library.ratios.ByHandOkHttp)!0)} × the time of a call by hand
  (OkHttp and Jackson), ${n((oneCall.awake.remove.Library.ratios.StockFeign)!0)} × the time of the generated `feign` client, and ${n(oneCall.awake.remove.Library.bytes / oneCall.awake.remove.StockFeign.bytes)} × its memory. A real gateway takes
  20 to 200 ms, which hides all of these.
- **Many callers** share one client over TLS, at a gateway that takes 20 ms: 64 callers make ${n((100 * own["64"].perSecond / ideal(64, 0.02))!0)} % of the possible calls,
  on ${(own["64"].connections)!0} connections.
- **Sessions that wait**: ${whole(wait.sessions)} sessions in a heap of 256 MiB. With `awaitAsync`, 99 of 100 checks are at most ${n(wait.p99)} ms late<#if (sessions.Library.virtual)??>, with `await` on
  virtual threads ${n(sessions.Library.virtual?values?last.p99)} ms</#if>.
- **Documents**: an upload of a file of ${whole(documents.sizes?last?number / 1000000)} MB needs ${multiple("Library", "upload", documents.sizes?last, "heap")?string("0.00")} × its size in memory, the generated `feign` client ${multiple("StockFeign", "upload", documents.sizes?last, "heap")?string("0.00")} ×.
- **Start**: ${whole(starts.Library.remove.median)} ms from the start of a process to its end after one removal, generated `feign` ${whole(starts.StockFeign.remove.median)} ms.

## How it is measured

- **One call.** One caller, loopback, no TLS, a gateway that responds at once. *Init* begins a login, *check* checks one that still
  waits. The contenders take turns, each in a new process, and are compared within a round; the median round is shown.
- **Logins.** Processor time of the whole process, for one init and ten checks each.
- **Outage.** Sessions wait for 10 s; once they wait, the gateway's processes are stopped.
- **Profile.** Time by the innermost code. System calls count separately.
- **Many callers.** After a warm-up, when the code is compiled; the warm-up takes <#list own?keys?map(count -> count?number)?sort as count>${own[count?c].warmup} with ${count}<#sep>, </#sep></#list>. The
  gateway counts all connections, and those opened after the warm-up. *Ideal* is callers divided by the gateway's time.
- **Virtual threads.** On JDK ${(machine["newest JDK"]!)?keep_before("+")}, without TLS, at a gateway that takes 200 ms. The flight recorder counts pinned threads.
- **Sessions.** One JVM, checks every two seconds, at a gateway that takes 20 ms. A check is due two seconds after the last
  response, and late until the gateway logs its request. Heap is the memory in use after a collection, minus that before the
  first session.
- **Documents.** The serial collector, no TLS, a new process for each figure. Heap is the least free memory that a call needs,
  minus that for a document of five bytes, as a multiple of the document. Time is a multiple of a bare socket's. The generated
  clients take bytes, and download to a file.
- **Start.** From the start of a process to its end, after one removal over TLS.

## Goals

${met} goals are met. <#if missed?trim?has_content>These are missed:

${missed?trim?replace("\n\n+", "\n", "r")}<#else>No goal is missed.</#if>

<#if failed?has_content>
Runs that were repeated after an exception: <#list failed as run>${names[run.contender]} (${run.result})<#sep>, </#sep></#list>.

</#if>
## Changes

Compared with the report of 998fec0, whose transport had several connection pools and channels of its own. The virtual threads were measured at 24ff713, whose script warms them up longer; the library is the same.

|figure|998fec0|this report|why|
|---|--:|--:|---|
|removal, init, check, × by hand|1.37, 1.39, 1.58|${n(oneCall.awake.remove.Library.ratios.ByHandOkHttp)}, ${n(oneCall.awake.init.Library.ratios.ByHandOkHttp)}, ${n(oneCall.awake.check.Library.ratios.ByHandOkHttp)}|code that was tuned for loopback is gone; the rounds differ widely|
|bytes of a removal|28,057|${whole(oneCall.awake.remove.Library.bytes)}|headers are copied by Feign, and no longer packed|
|64, 256 callers, % of the ideal|97.2, 91.5|${n(idealOf[0])}, ${n(idealOf[1])}|less than 10 %|
|2,000 virtual threads, % of bare sockets|95.8|${n(100 * callers.virtual200.Library["2000"].perSecond / callers.virtual200.Floor["2000"].perSecond)}|less than 10 %|
|10,000 sessions, p99, `awaitAsync`, `await`, ms|27, 117|${n(sessions.Library.async?values?last.p99)}, ${n(sessions.Library.virtual?values?last.p99)}|a call takes more processor time, and 5,000 a second use the processors up|
|10,000 sessions, bytes each, `awaitAsync`, `await`|1,206, 9,278|${whole(sessions.Library.async?values?last.heap)}, ${whole(sessions.Library.virtual?values?last.heap)}|not examined|
|upload of 1 MB, ms|6.6|${n(documents.measured.Library.upload["1000000"].time.median)}|not examined|
|download of 1, 100 MB, ms|3.3, 168|${n(documents.measured.Library.download["1000000"].time.median)}, ${n(documents.measured.Library.download["100000000"].time.median)}|the file is forced to the disk before it is moved|
|start, × generated `feign`|1.04|${n(starts.Library.remove.median / starts.StockFeign.remove.median)}|4,108 classes instead of 4,250|

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

One million logins with ten checks each take ${n(coreHours("Library"))} core-hours of the application, ${n(logins.Library.median)} µs a call at a gateway that responds at
once; by hand ${n(coreHours("ByHandOkHttp"))} core-hours, ${n(logins.ByHandOkHttp.median)} µs.

Plan for the busiest minute, not for the mean. The gateway reaches its limit before the application does: agree with its operator
on a number of checks a second, and set `pollInterval` to the number of sessions that wait, divided by that. At 100,000 logins an
hour, a `pollInterval` of 2 s makes ${whole(100000 / 3600 * 15 / 2)} checks a second, one of 8 s ${whole(100000 / 3600 * 15 / 8)}. A person then waits half an interval on average.

An application on several machines needs no sticky sessions, because any instance can check a session by its id:

- Store the ids in a database, each with the time of its next check and of its end.
- On each instance, the scheduler takes those that are due (`SELECT … FOR UPDATE SKIP LOCKED`), calls
  `authentication(id).poll()` for each, and stores the result or the next time.
- An instance that dies loses no session. `awaitAsync` is for an application that begins and ends a session in one process.
