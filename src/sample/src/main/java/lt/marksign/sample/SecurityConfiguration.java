package lt.marksign.sample;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sets the access rules and the security headers. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class SecurityConfiguration {
    /** Allows content from this origin only, and nothing inline. */
    private static final String CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final HttpSessionCsrfTokenRepository csrfTokens = new HttpSessionCsrfTokenRepository();

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            Prompts prompts,
            LocalizedClients clients,
            @Value("${spring.servlet.multipart.max-request-size}") DataSize maxRequestSize)
            throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/sign", "/documents")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                // Callers of /sessions know the session id, and need no cookie. The gateway's callbacks have no cookie.
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens).ignoringRequestMatchers("/sessions/**", "/callback"))
                .addFilterBefore(new PreCsrfFilter(maxRequestSize), CsrfFilter.class)
                .exceptionHandling(exceptions -> exceptions
                        .authenticationEntryPoint((request, response, e) -> seeOther(request, response, "/"))
                        .accessDeniedHandler((request, response, e) -> {
                            // A script reloads the page. A person who sent an old form sees a note.
                            if (String.valueOf(request.getHeader(HttpHeaders.ACCEPT))
                                    .contains("text/html")) {
                                seeOther(request, response, "/?old");
                            } else {
                                response.setStatus(HttpStatus.FORBIDDEN.value());
                            }
                        }))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.logoutSuccessUrl("/").addLogoutHandler((request, response, person) -> {
                    HttpSession session = request.getSession(false);
                    if (session != null) {
                        prompts.cancelAll(session, clients.forLanguage(Locale.ENGLISH));
                    }
                }))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CSP))
                        .referrerPolicy(policy -> {}))
                .build();
    }

    /** Changes the HTTP session's id and the CSRF token at a login. */
    @Bean
    SessionAuthenticationStrategy sessionAuthenticationStrategy() {
        return new CompositeSessionAuthenticationStrategy(
                List.of(new ChangeSessionIdAuthenticationStrategy(), new CsrfAuthenticationStrategy(csrfTokens)));
    }

    @Bean
    SecurityContextRepository securityContextRepository() {
        return new HttpSessionSecurityContextRepository();
    }

    /** There is no login by password. */
    @Bean
    UserDetailsService userDetailsService() {
        return new InMemoryUserDetailsManager();
    }

    private static void seeOther(HttpServletRequest request, HttpServletResponse response, String path) {
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + path);
    }

    /**
     * Responds to two kinds of request before the CSRF filter. It rejects an upload that is too long before anything reads it,
     * even the CSRF token in it. It responds 404 to a prompt's page that sends an old HTTP session id, because another tab has
     * just logged in. Otherwise that page would get a new HTTP session, which would replace the logged-in one.
     */
    private static final class PreCsrfFilter extends OncePerRequestFilter {
        private final DataSize maxRequestSize;

        PreCsrfFilter(DataSize maxRequestSize) {
            this.maxRequestSize = maxRequestSize;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (request.getContentLengthLong() > maxRequestSize.toBytes()) {
                seeOther(request, response, "/?long");
            } else if (request.getRequestURI().startsWith(request.getContextPath() + "/prompts/")
                    && request.getSession(false) == null) {
                response.sendError(HttpStatus.NOT_FOUND.value());
            } else {
                chain.doFilter(request, response);
            }
        }
    }
}
