<#include "figures.ftl">
# Benchmark results

All tables of [the report](README.md), which says what was measured and how. `src/jmh/run` writes this file.

||documents|everything else|
|---|---|---|
<#list machine as what, value>
|${what}|${(documents.machine[what])!}|${value}|
</#list>

## One call

|||µs|least|most|rounds|bytes|time by hand ×|time of `feign` ×|
|---|---|--:|--:|--:|--:|--:|--:|--:|
<#macro calls table suffix="">
<#list table as operation, byContender>
<#list names as contender, name>
<#if byContender[contender]??>
<#local call = byContender[contender]>
|${operation}${suffix}|${name}|${n(call.micros.median)}|${n(call.micros.least)}|${n(call.micros.most)}|${call.micros.count}|${whole(call.bytes)}|<#if (call.ratios.ByHandOkHttp)??>${n(call.ratios.ByHandOkHttp)}</#if>|<#if (call.ratios.StockFeign)??>${n(call.ratios.StockFeign)}</#if>|
</#if>
</#list>
</#list>
</#macro>
<@calls oneCall.awake/>
<@calls oneCall.asleep ", processors may sleep"/>

Processor time of a process that logs people in, one init and ten checks each:

||µs a call|least|most|core-hours a million logins|
|---|--:|--:|--:|--:|
<#list names as contender, name>
<#if logins[contender]??>
<#assign used = logins[contender]>
|${name}|${n(used.median)}|${n(used.least)}|${n(used.most)}|${n(coreHours(contender))}|
</#if>
</#list>

<#assign profiled = names?keys?filter(contender -> profiles[contender]??)>
<#if profiled?has_content>
The calling thread in a removal, by async-profiler:

<#assign parts = []>
<#list profiled as contender><#list profiles[contender].micros as part, micros><#if !parts?seq_contains(part)><#assign parts += [part]></#if></#list></#list>
|µs|<#list profiled as contender>${names[contender]}|</#list>
|---|<#list profiled as contender>--:|</#list>
<#list parts?sort as part>
|${part}|<#list profiled as contender>${n(micros(contender, part))}|</#list>
</#list>
|all|<#list profiled as contender>${n(profiles[contender].all)}|</#list>

</#if>
<#if instructions?has_content>
Instructions of that thread, outside the kernel, by callgrind:

||instructions|× by hand|
|---|--:|--:|
<#list names as contender, name>
<#if instructions[contender]??>
<#assign count = instructions[contender].remove.median>
|${name}|${whole(count)}|${n(count / (instructions.ByHandOkHttp.remove.median)!count)}|
</#if>
</#list>
</#if>

## Many callers

|gateway||callers|calls/s|% of ideal|p50, ms|p99, ms|bytes a call|connections|after warm-up|
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|
<#macro loads table seconds gateway>
<#list names as contender, name>
<#list (table[contender]?keys?map(count -> count?number)?sort)![] as count>
<#local load = table[contender][count?c]>
|${gateway}|${name}|${whole(count)}|${whole(load.perSecond)}|${n(100 * load.perSecond / ideal(count, seconds))}|${n(load.median)}|${n(load.p99)}|${whole(load.bytes)}|${whole(load.connections)}|${whole(load.late)}|
</#list>
</#list>
</#macro>
<@loads callers.tls 0.02 "20 ms, TLS"/>
<@loads callers.virtual200 0.2 "200 ms"/>

## Sessions that wait

||sessions|checks|unchecked|late, p50, ms|p99|most|heap, bytes each|other memory|processor a check, µs|
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
<#list sessions as contender, byWay>
<#list byWay as how, bySessions>
<#list bySessions as count, wait>
|${names[contender]}, ${ways[how]}|${whole(wait.sessions)}|${whole(wait.checks)}|${whole(wait.unchecked)}|${n(wait.median)}|${n(wait.p99)}|${n(wait.most)}|${whole(wait.heap)}|${whole(wait.resident)}|${n(wait.micros)}|
</#list>
</#list>
</#list>
<#list waitsFailed as wait>
|${names[wait.contender]}, ${ways[wait.how]}|${whole(wait.sessions)}|failed: ${wait.why}||||||||
</#list>

An outage: <#list outage as sessions, late>${whole(sessions?number)} sessions wait with `awaitAsync` for 10 s, and the gateway stops responding. The last
wait ended ${n(late.median / 1000)} s after its limit.</#list>

## Documents

<#list ["upload", "download"] as direction>
|${direction}|<#list ["heap", "time"] as kind><#list documents.sizes as size>${kind}, ${whole(size?number / 1000000)} MB|</#list></#list>
|---|<#list ["heap", "time"] as kind><#list documents.sizes as size>--:|</#list></#list>
<#list documentNames as contender, name>
<#if documents.measured[contender]??>
|${name}|<#list ["heap", "time"] as kind><#list documents.sizes as size><#assign cell = multiple(contender, direction, size, kind)>${cell?is_string?then(cell, cell?is_number?then(cell?is_number?then(cell, 0)?string("0.00"), ""))}|</#list></#list>
</#if>
</#list>

</#list>
## Process start and size

||median, ms|least|most|classes|runtime jars|KB|
|---|--:|--:|--:|--:|--:|--:|
<#list names as contender, name>
<#if starts[contender]??>
<#list starts[contender] as what, start>
|${name}, ${firsts[what]}|${whole(start.median)}|${whole(start.least)}|${whole(start.most)}|${whole(classes[contender][what].median)}|<#if what == "remove">${jars[contender].names?size}|${whole(jars[contender].bytes / 1000)}<#else>|</#if>|
</#list>
</#if>
</#list>

## Build

||median, s|runs|
|---|--:|--:|
<#list {
  "no-op": "`mvn -q compile` with nothing changed",
  "generate": "`mvn -q clean generate-sources`",
  "clean": "`mvn -q clean package -DskipTests`",
  "verify": "`mvn verify`",
  "ci": "`.ci/run`"
} as kind, what>
<#if builds[kind]??>
|${what}|${n(builds[kind].median / 1000)}|${builds[kind].count}|
</#if>
</#list>
