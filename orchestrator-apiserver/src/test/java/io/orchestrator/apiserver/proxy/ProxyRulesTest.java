package io.orchestrator.apiserver.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.ApiException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a proxy speaks to, and what it makes of what it hears. */
class ProxyRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "0.0.0.0",
                "::1",
                "fe80::1",
                "224.0.0.1",
                "",
                "localhost"
            })
    void addressesOfThisMachineAndItsLinkAreRefused(String address) {
        assertThatThrownBy(() -> DirectConnection.to(address, 80))
                .isInstanceOf(ApiException.class)
                .hasMessage("address not allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "/there?x=1#y, /p/proxy/there?x=1#y",
        "http://10.0.0.1:80/there, /p/proxy/there",
        "http://10.0.0.1:80, /p/proxy/",
        "http://example.com/there, http://example.com/there",
        "//example.com/there, //example.com/there",
        "sibling, sibling",
        "http://not a uri, http://not a uri"
    })
    void locationsLeadBackThroughTheProxyUnlessTheyLeadElsewhere(String said, String seen) {
        assertThat(Locations.seenFrom("/p/proxy", "10.0.0.1:80", said)).isEqualTo(seen);
    }

    @Test
    void namesMayHaveASchemeAndAPort() {
        assertThat(ProxyName.parse("web")).isEqualTo(new ProxyName(false, "web", ""));
        assertThat(ProxyName.parse("web:http")).isEqualTo(new ProxyName(false, "web", "http"));
        assertThat(ProxyName.parse("http:web:80")).isEqualTo(new ProxyName(false, "web", "80"));
        assertThat(ProxyName.parse("https:web:tls")).isEqualTo(new ProxyName(true, "web", "tls"));
        for (String bad : new String[] {"ftp:web:443", "a:b:c:d", ":80"}) {
            assertThatThrownBy(() -> ProxyName.parse(bad)).isInstanceOf(ApiException.class);
        }
    }

    @Test
    void anAnswerIsReadInPiecesWhateverItsLengthSays() throws IOException {
        assertThat(body("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more"))
                .isEqualTo("hello");
        assertThat(body("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"))
                .isEqualTo("hello");
        assertThat(body("HTTP/1.0 200 OK\r\n\r\nhello")).isEqualTo("hello");
        assertThat(body("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "garbage\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhe"
            })
    void anAnswerThatIsNotWholeIsAnError(String text) {
        assertThatThrownBy(() -> body(text)).isInstanceOf(IOException.class);
    }

    @Test
    void aHeadWithoutEndIsAnError() {
        assertThatThrownBy(() -> body("HTTP/1.1 200 OK\r\nX: " + "a".repeat(1_000_000)))
                .isInstanceOf(IOException.class);
    }

    private static String body(String text) throws IOException {
        ResponseReader reader =
                new ResponseReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), false);
        reader.readHead();
        StringBuilder body = new StringBuilder();
        for (ByteBuffer piece = reader.next(); piece.hasRemaining(); piece = reader.next()) {
            body.append(StandardCharsets.US_ASCII.decode(piece));
        }
        return body.toString();
    }

    @Test
    void theEndOfABodyIsSeenWhereTheConnectionStaysOpen() throws IOException {
        byte[] said = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone".getBytes(StandardCharsets.US_ASCII);
        ResponseReader reader = new ResponseReader(
                new java.io.FilterInputStream(new ByteArrayInputStream(said)) {
                    @Override
                    public int read(byte[] into) throws IOException {
                        int read = super.read(into);
                        if (read < 0) {
                            throw new IOException("a read that would wait for ever");
                        }
                        return read;
                    }
                },
                false);
        reader.readHead();
        ByteBuffer piece = reader.next();
        assertThat(StandardCharsets.US_ASCII.decode(piece).toString()).isEqualTo("gone");
        assertThat(reader.next().hasRemaining()).isFalse();
    }
}
