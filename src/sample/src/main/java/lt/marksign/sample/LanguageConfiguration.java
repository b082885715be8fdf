package lt.marksign.sample;

import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/**
 * Selects the language of a page: the visitor's choice, otherwise the language that the browser prefers of the gateway's two,
 * otherwise English.
 */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration implements WebMvcConfigurer {
    private static final Locale LITHUANIAN = Locale.forLanguageTag("lt");

    @Bean
    LocaleResolver localeResolver() {
        AcceptHeaderLocaleResolver acceptHeader = new AcceptHeaderLocaleResolver();
        acceptHeader.setSupportedLocales(List.of(Locale.ENGLISH, LITHUANIAN));
        acceptHeader.setDefaultLocale(Locale.ENGLISH);
        CookieLocaleResolver cookie = new CookieLocaleResolver("language") {
            @Override
            protected Locale parseLocaleValue(String value) {
                return language(value);
            }
        };
        cookie.setCookieHttpOnly(true);
        cookie.setCookieSameSite("Lax");
        cookie.setDefaultLocaleFunction(acceptHeader::resolveLocale);
        return cookie;
    }

    /** Adds the pages' language switch. */
    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        LocaleChangeInterceptor languageSwitch = new LocaleChangeInterceptor() {
            @Override
            protected Locale parseLocaleValue(String value) {
                return language(value);
            }
        };
        languageSwitch.setParamName("lang");
        interceptors.addInterceptor(languageSwitch);
    }

    private static Locale language(String value) {
        return value.equals("lt") ? LITHUANIAN : Locale.ENGLISH;
    }
}
