// java LoginKt PERSONAL_CODE COUNTRY
import lt.marksign.client.MarkSignClient
import lt.marksign.client.MarkSignLocale
import lt.marksign.client.error.MarkSignApiException
import lt.marksign.client.model.Country
import lt.marksign.client.model.Identification
import lt.marksign.client.model.SmartIdAuthenticationRequest

fun login(client: MarkSignClient, code: String, country: Country): Identification {
    val session = client.smartIdSessions().authenticate(SmartIdAuthenticationRequest().code(code).country(country))
    // The person compares this code with the one on the phone.
    println("control code ${session.controlCode().orElse("-")}")

    // A program that prints nothing in between can call session.await() instead.
    while (true) {
        val person = session.poll()
        if (person.isPresent) return person.get()
        println("waiting")
        Thread.sleep(1000)
    }
}

fun main(args: Array<String>) {
    val (code, country) = args
    MarkSignClient.builder()
        // The client calls the supplier at each call, so the token may change.
        .accessToken { System.getenv("MARKSIGN_ACCESS_TOKEN") }
        .baseUrl(System.getenv("MARKSIGN_BASE_URL"))
        .locale(MarkSignLocale.EN)
        .build()
        .use { client ->
            try {
                val person = login(client, code, Country.valueOf(country))
                println("${person.name} ${person.surname}")
            } catch (e: MarkSignApiException) {
                val number = if (e.errorCode().isPresent) e.errorCode().asInt else "-"
                println("refused ${e.httpStatus()} $number ${e.gatewayMessage()}")
            }
        }
}
