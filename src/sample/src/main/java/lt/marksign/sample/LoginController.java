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
import lt.marksign.sample.PersonForm.EidMethod;
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
    private final LocalizedClients clients;
    private final DataSize maxFileSize;

    LoginController(
            Prompts prompts,
            LocalizedClients clients,
            @Value("${spring.servlet.multipart.max-file-size}") DataSize maxFileSize) {
        this.prompts = prompts;
        this.clients = clients;
        this.maxFileSize = maxFileSize;
    }

    /** Shows the login form, or the signing form if the visitor is logged in. */
    @GetMapping("/")
    String form(
            HttpSession http,
            Model model,
            @AuthenticationPrincipal Person person,
            @RequestParam(defaultValue = "") String again) {
        PersonForm form = person != null ? person.form() : new PersonForm(EidMethod.SMART_ID, "", Country.LT, "");
        if (!model.containsAttribute("form")) {
            model.addAttribute(
                    "form", prompts.find(http, again).map(Prompt::form).orElse(form));
        }
        model.addAttribute("person", person);
        model.addAttribute("formId", UUID.randomUUID());
        model.addAttribute("maxFileSize", maxFileSize.toBytes());
        return person == null ? "login" : "sign";
    }

    @PostMapping("/login")
    RedirectView begin(
            HttpSession http,
            Locale language,
            RedirectAttributes redirect,
            @RequestParam("form") String formId,
            @RequestParam String means,
            @RequestParam String code,
            @RequestParam Country country,
            @RequestParam(defaultValue = "") String phone) {
        PersonForm form = new PersonForm(EidMethod.of(means), code, country, phone);
        if (!form.invalidField().isEmpty()) {
            redirect.addFlashAttribute("form", form);
            return SeeOther.to("/");
        }
        MarkSignClient client = clients.forLanguage(language);
        return SeeOther.to("/prompts/"
                + prompts.begin(http, formId, Purpose.LOGIN, form, null, () -> authenticate(client, form, language)));
    }

    private static Session<Identification> authenticate(MarkSignClient client, PersonForm form, Locale language) {
        return form.method() == EidMethod.SMART_ID
                ? client.smartIdSessions()
                        .authenticate(new SmartIdAuthenticationRequest()
                                .code(form.code())
                                .country(form.country()))
                : client.mobileIdSessions()
                        .authenticate(new MobileIdAuthenticationRequest()
                                .code(form.code())
                                .phone(form.phone())
                                .language(language.getLanguage().equals("lt") ? PhoneLanguage.LIT : PhoneLanguage.ENG));
    }
}
