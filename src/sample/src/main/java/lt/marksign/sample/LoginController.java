package lt.marksign.sample;

import jakarta.servlet.http.HttpSession;
import java.util.Locale;
import java.util.UUID;
import lt.marksign.client.MarkSignClient;
import lt.marksign.client.Session;
import lt.marksign.client.model.Country;
import lt.marksign.client.model.Identification;
import lt.marksign.client.model.MobileIdAuthenticationRequest;
import lt.marksign.client.model.PhoneLanguage;
import lt.marksign.client.model.SmartIdAuthenticationRequest;
import lt.marksign.sample.Asked.Means;
import lt.marksign.sample.Prompt.Purpose;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/** Shows the first page, and begins logins. */
@Controller
class LoginController {
    private final Prompts prompts;
    private final Gateway gateway;
    private final DataSize longestFile;

    LoginController(
            Prompts prompts,
            Gateway gateway,
            @Value("${spring.servlet.multipart.max-file-size}") DataSize longestFile) {
        this.prompts = prompts;
        this.gateway = gateway;
        this.longestFile = longestFile;
    }

    /** Shows the login form, or the signing form if the visitor is logged in. */
    @GetMapping("/")
    String form(
            HttpSession http,
            Model model,
            @AuthenticationPrincipal Person person,
            @RequestParam(defaultValue = "") String again) {
        Asked asked = person != null ? person.asked() : new Asked(Means.SMART_ID, "", Country.LT, "");
        if (!model.containsAttribute("asked")) {
            model.addAttribute(
                    "asked", prompts.find(http, again).map(Prompt::asked).orElse(asked));
        }
        model.addAttribute("person", person);
        model.addAttribute("form", UUID.randomUUID());
        model.addAttribute("longestFile", longestFile.toBytes());
        return person == null ? "login" : "sign";
    }

    @PostMapping("/login")
    RedirectView begin(
            HttpSession http,
            Locale language,
            RedirectAttributes next,
            @RequestParam String form,
            @RequestParam String means,
            @RequestParam String code,
            @RequestParam Country country,
            @RequestParam(defaultValue = "") String phone) {
        Asked asked = new Asked(Means.of(means), code, country, phone);
        if (!asked.wrongField().isEmpty()) {
            next.addFlashAttribute("asked", asked);
            return SeeOther.to("/");
        }
        MarkSignClient client = gateway.in(language);
        return SeeOther.to("/prompts/"
                + prompts.begin(http, form, Purpose.LOGIN, asked, null, () -> authenticate(client, asked, language)));
    }

    private static Session<Identification> authenticate(MarkSignClient client, Asked asked, Locale language) {
        return asked.means() == Means.SMART_ID
                ? client.smartIdSessions()
                        .authenticate(new SmartIdAuthenticationRequest()
                                .code(asked.code())
                                .country(asked.country()))
                : client.mobileIdSessions()
                        .authenticate(new MobileIdAuthenticationRequest()
                                .code(asked.code())
                                .phone(asked.phone())
                                .language(language.getLanguage().equals("lt") ? PhoneLanguage.LIT : PhoneLanguage.ENG));
    }
}
