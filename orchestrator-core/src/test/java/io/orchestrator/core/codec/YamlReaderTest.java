package io.orchestrator.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.core.codec.yaml.YamlReader;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private final YamlReader yaml = new YamlReader(Limits.YAML);
    private final JsonTrees trees = new JsonTrees(Limits.DEFAULT);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "yes|true",
                "On|true",
                "y|true",
                "no|false",
                "off|false",
                "N|false",
                "~|null",
                "Null|null",
                "0644|420",
                "0o17|15",
                "0x1F|31",
                "-0x10|-16",
                "0b101|5",
                "1_000|1000",
                "+12|12",
                "09|9",
                "1:30|\"1:30\"",
                "190:20:30|\"190:20:30\"",
                "1e3|1000",
                "1.0|1",
                "0.5|0.5",
                "2001-12-14|\"2001-12-14\"",
                "1.2.3|\"1.2.3\"",
                "9223372036854775808|9223372036854775808",
                "'0644'|\"0644\"",
                "\"yes\"|\"yes\"",
                "!!str 12|\"12\"",
                "! 12|\"12\"",
                "!!int 12|12",
                "!!binary aGk=|\"hi\"",
                "!custom x|\"x\"",
                "{a: 1, b: [x, 2]}|{\"a\":1,\"b\":[\"x\",2]}",
                "{1: a, yes: b}|{\"1\":\"a\",\"true\":\"b\"}"
            })
    void aScalarMeansWhatItMeansToKubectl(String written, String json) {
        assertThat(trees.text(yaml.document("v: " + written).get("v"))).isEqualTo(json);
    }

    @Test
    void blockScalarsKeepTheirLines() {
        assertThat(yaml.document("v: |\n  a\n  b\nw: >-\n  a\n  b\n").toString())
                .isEqualTo("{\"v\":\"a\\nb\\n\",\"w\":\"a b\"}");
    }

    @Test
    void everyDocumentIsReadAndEmptyOnesAreSkipped() {
        assertThat(yaml.documents("a: 1\n---\n# nothing\n---\nb: 2\n...\n---\nc: 3\n"))
                .hasSize(3);
    }

    @Test
    void aliasesBecomeCopiesAndMergeKeysYieldToWhatIsWritten() {
        String text = "base: &b {x: 1, w: 2}\nuse:\n  <<: *b\n  w: 3\nlist:\n  <<: [*b, {x: 9, z: 4}]\nsame: *b\n";
        assertThat(yaml.document(text).toString())
                .isEqualTo("{\"base\":{\"x\":1,\"w\":2},\"use\":{\"x\":1,\"w\":3},"
                        + "\"list\":{\"x\":1,\"w\":2,\"z\":4},\"same\":{\"x\":1,\"w\":2}}");
    }

    @Test
    void aDuplicateKeyIsRefusedWithItsLine() {
        assertThatThrownBy(() -> yaml.document("a: 1\nb: 2\na: 3\n"))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("key \"a\" already set in map");
    }

    @Test
    void anAliasBombIsRefusedAtOnce() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 10; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + String.join(",", Collections.nCopies(5, before)) + "]\n");
        }
        refusedAtOnce(bomb.toString());
        String large = "a: &a \"" + "x".repeat(500_000) + "\"\nb: [*a,*a,*a,*a,*a,*a,*a,*a]\n";
        refusedAtOnce(large);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "a: [", "? "})
    void nestingBombsAreRefusedAtOnce(String level) {
        refusedAtOnce(level.repeat(100_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: *missing", "a: b: c", "a: 'open", "\t- x", "a: .nan", "a: &x [*x]", "{[a]: b}", "a: !!int x"
            })
    void whatIsNoManifestIsRefused(String text) {
        assertThatThrownBy(() -> yaml.documents(text)).isInstanceOf(DecodeException.class);
    }

    @Test
    void noTagLoadsAClass() {
        assertThat(yaml.document("v: !!java.net.URL [\"http://x\"]").toString()).isEqualTo("{\"v\":[\"http://x\"]}");
    }

    private void refusedAtOnce(String text) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThatThrownBy(() -> yaml.documents(text)).isInstanceOf(DecodeException.class));
    }
}
