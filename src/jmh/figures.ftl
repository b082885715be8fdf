<#-- Shared by both templates: names, formats and calculated figures. -->
<#setting locale="en_US">
<#assign names = {
  "Floor": "a bare socket",
  "ByHandOkHttp": "by hand: OkHttp, Jackson",
  "ByHandJdk": "by hand: the JDK's `HttpClient`, Jackson",
  "Library": "**this library**",
  "LibraryRaw": "**this library**, generated interface",
  "StockFeign": "generated `feign`",
  "StockNative": "generated `native`",
  "StockOkHttpGson": "generated `okhttp-gson`",
  "StockRestClient": "generated `restclient`"
}>
<#function n number>
  <#if number?round == number><#return number?string(",##0")></#if>
  <#return number?string((number?abs < 10)?then("0.00", "0.0"))>
</#function>
<#function whole number><#return number?string(",##0")></#function>
<#function ideal callers seconds><#return callers / seconds></#function>
<#assign tls = callers.tls>
<#assign own = tls.Library>
<#-- The microseconds of a removal that a part takes. -->
<#function micros contender part><#return (profiles[contender].micros[part])!0></#function>
<#-- A multiple of the document's size or of a bare socket's time, or the failure, or nothing. -->
<#function multiple contender direction size kind>
  <#local value = (documents.measured[contender][direction][size][kind])!"">
  <#if value?is_string><#return value></#if>
  <#if contender == "Floor"><#return value.median></#if>
  <#return [0, value.median / (kind == "heap")?then(size?number, (documents.measured.Floor[direction][size].time.median)!value.median)]?max>
</#function>
<#assign documentNames = names + {"Floor": "a bare socket, in ms", "Library": "**this library**, a file", "LibraryRaw": "**this library**, bytes"}>
<#assign ways = {"async": "`awaitAsync`", "virtual": "`await`, a virtual thread each", "threads": "a loop with `Thread.sleep`, a thread each"}>
<#assign firsts = {"remove": "a removal", "login": "a login", "upload": "an upload"}>
<#-- The core-hours of a million logins, with one init and ten checks each. -->
<#function coreHours contender><#return logins[contender].median * 11 / 3600></#function>
