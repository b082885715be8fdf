package lt.marksign.sample;

import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/** The languages of the pages: whichever of the gateway's two the browser would rather have, or English. */
@Configuration(proxyBeanMethods = false)
class Languages {
    @Bean
    LocaleResolver localeResolver() {
        AcceptHeaderLocaleResolver resolver = new AcceptHeaderLocaleResolver();
        resolver.setSupportedLocales(List.of(Locale.ENGLISH, Locale.forLanguageTag("lt")));
        resolver.setDefaultLocale(Locale.ENGLISH);
        return resolver;
    }
}
