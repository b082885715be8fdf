package lt.marksign.client.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import lt.marksign.client.MarkSignClient;
import lt.marksign.client.MarkSignLocale;
import lt.marksign.client.api.SmartIdSessionsApi;
import lt.marksign.client.model.AccessTokenRequest;
import lt.marksign.client.model.Status;
import lt.marksign.client.model.StatusResponse;

/** The facade and the generated interface, which call the same operation. */
public enum EntryPoint {
    FACADE {
        @Override
        public void remove(MarkSignClient client, MarkSignLocale locale, String sessionId) {
            client.withLocale(locale).smartIdSessions().remove(sessionId);
        }
    },
    RAW {
        @Override
        public void remove(MarkSignClient client, MarkSignLocale locale, String sessionId) {
            SmartIdSessionsApi api = client.api(SmartIdSessionsApi.class);
            AccessTokenRequest body = new AccessTokenRequest();
            StatusResponse response = locale == MarkSignLocale.EN
                    ? api.removeSmartIdSessionEn(sessionId, body)
                    : api.removeSmartIdSession(sessionId, body);
            assertThat(response.getStatus()).isEqualTo(Status.OK);
        }
    };

    public abstract void remove(MarkSignClient client, MarkSignLocale locale, String sessionId);
}
