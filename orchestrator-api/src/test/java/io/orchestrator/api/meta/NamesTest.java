package io.orchestrator.api.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "web, true, true, true", "my-name, true, true, true", "123-abc, true, true, false", "a.b, false, true, false",
        "A, false, false, false", "-a, false, false, false", "a-, false, false, false", "a_b, false, false, false",
        "a..b, false, false, false", ".a, false, false, false", "'', false, false, false", "a b, false, false, false",
        "1, true, true, false"
    })
    void dnsNamesDifferInDotsAndFirstLetters(String text, boolean label, boolean subdomain, boolean label1035) {
        assertThat(Names.dnsLabel(text).isEmpty()).isEqualTo(label);
        assertThat(Names.dnsSubdomain(text).isEmpty()).isEqualTo(subdomain);
        assertThat(Names.dns1035Label(text).isEmpty()).isEqualTo(label1035);
    }

    @Test
    void lengthsAreBounded() {
        assertThat(Names.dnsLabel("a".repeat(63))).isEmpty();
        assertThat(Names.dnsLabel("a".repeat(64))).containsExactly("must be no more than 63 characters");
        assertThat(Names.dnsSubdomain("a".repeat(253))).isEmpty();
        assertThat(Names.dnsSubdomain("a.".repeat(1_000_000))).containsExactly("must be no more than 253 characters");
        assertThat(Names.labelValue("a".repeat(64))).isNotEmpty();
        assertThat(Names.qualifiedName("example.com/" + "a".repeat(63))).isEmpty();
        assertThat(Names.qualifiedName("example.com/" + "a".repeat(64))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "app, true",
        "App_1.x, true",
        "example.com/app, true",
        "Example.com/app, false",
        "/app, false",
        "example.com/, false",
        "a/b/c, false",
        "-a, false",
        "'', false",
        "a-, false"
    })
    void labelKeysMayHaveADomainInFront(String text, boolean good) {
        assertThat(Names.qualifiedName(text).isEmpty()).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({"'', true", "web, true", "Web_1.x, true", "-a, false", "a b, false", "a/b, false", "a., false"})
    void labelValuesMayBeEmpty(String text, boolean good) {
        assertThat(Names.labelValue(text).isEmpty()).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({
        "http, true",
        "p-1, true",
        "1, false",
        "http-very-long-name, false",
        "a--b, false",
        "-a, false",
        "A, false",
        "'', false"
    })
    void portNamesAreShortAndHaveALetter(String text, boolean good) {
        assertThat(Names.portName(text).isEmpty()).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({
        "a.properties, true",
        "_x, true",
        "../x, false",
        "., false",
        ".., false",
        "..a, false",
        "a/b, false",
        "'', false"
    })
    void configKeysCanBeFileNames(String text, boolean good) {
        assertThat(Names.configKey(text).isEmpty()).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "65535, true", "65536, false", "-1, false"})
    void portsHaveSixteenBits(int port, boolean good) {
        assertThat(Names.portNumber(port).isEmpty()).isEqualTo(good);
    }

    @Test
    void theRestIsChecked() {
        assertThat(Names.environmentVariable("A.b-c")).isEmpty();
        assertThat(Names.environmentVariable("A=b")).isNotEmpty();
        assertThat(Names.environmentVariable("")).isNotEmpty();
        assertThat(Names.cIdentifier("_a1")).isEmpty();
        assertThat(Names.cIdentifier("1a")).isNotEmpty();
        assertThat(Names.httpHeader("X-Y")).isEmpty();
        assertThat(Names.httpHeader("X Y")).isNotEmpty();
        assertThat(Names.pathSegment("system:x")).isEmpty();
        assertThat(Names.pathSegment("..")).isNotEmpty();
        assertThat(Names.pathSegment("a/b%")).hasSize(2);
    }

    /** The messages quote regular expressions; these are what the checks must do. */
    @Test
    void namesAreReadAsTheRegularExpressionsInTheMessagesSay() {
        String label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder drawn = new StringBuilder();
            for (int length = random.nextInt(7); length >= 0; length--) {
                drawn.append("ab9-._A/\u00e9".charAt(random.nextInt(9)));
            }
            String text = drawn.toString();
            assertThat(Names.dnsLabel(text).isEmpty()).as(text).isEqualTo(text.matches(label));
            assertThat(Names.dnsSubdomain(text).isEmpty())
                    .as(text)
                    .isEqualTo(text.matches(label + "(\\." + label + ")*"));
            assertThat(Names.labelValue(text).isEmpty())
                    .as(text)
                    .isEqualTo(text.matches("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"));
        }
    }
}
