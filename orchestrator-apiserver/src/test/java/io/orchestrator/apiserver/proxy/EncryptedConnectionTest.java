package io.orchestrator.apiserver.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.spi.node.PodConnection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EncryptedConnectionTest {
    private boolean closed;

    private PodConnection whoSays(String answer) {
        return new PodConnection() {
            private final OutputStream output = new ByteArrayOutputStream();

            @Override
            public InputStream input() {
                return new ByteArrayInputStream(answer.getBytes(StandardCharsets.US_ASCII));
            }

            @Override
            public OutputStream output() {
                return output;
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    @Test
    void whoDoesNotSpeakTlsIsLeftWithAWord() {
        for (String answer : new String[] {"HTTP/1.1 400 Bad Request\r\n\r\n", ""}) {
            closed = false;
            assertThatThrownBy(() -> EncryptedConnection.over(whoSays(answer), "10.0.0.1"))
                    .isInstanceOfSatisfying(ApiException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.SERVICE_UNAVAILABLE);
                        assertThat(e.getMessage()).startsWith("tls: ");
                    });
            assertThat(closed).isTrue();
        }
    }
}
