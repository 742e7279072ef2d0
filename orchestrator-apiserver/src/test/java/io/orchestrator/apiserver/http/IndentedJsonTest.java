package io.orchestrator.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndentedJsonTest {
    private static final String COMPACT =
            "{\"a\":{},\"b\":[],\"c\":[1,-2.5e3,{\"d\":[[]]}],\"e\":\"{[,:\\\\\\\" \",\"ä\":true,\"f\":null}";
    private static final String INDENTED = """
        {
          "a": {},
          "b": [],
          "c": [
            1,
            -2.5e3,
            {
              "d": [
                []
              ]
            }
          ],
          "e": "{[,:\\\\\\" ",
          "ä": true,
          "f": null
        }""";

    @Test
    void aFieldOrItemHasALineOfItsOwn() {
        assertThat(text(IndentedJson.of(bytes(COMPACT)))).isEqualTo(INDENTED);
    }

    @Test
    void whereverItIsCutItReadsTheSame() {
        byte[] whole = bytes(COMPACT);
        for (int cut = 0; cut <= whole.length; cut++) {
            IndentedJson pieces =
                    new IndentedJson(List.of(Arrays.copyOf(whole, cut), Arrays.copyOfRange(whole, cut, whole.length))
                            .iterator());
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            read.writeBytes(pieces.next());
            read.writeBytes(pieces.next());
            assertThat(text(read.toByteArray())).isEqualTo(INDENTED);
            assertThat(pieces.hasNext()).isFalse();
        }
    }

    @Test
    void whatIsIndentedAlreadyStaysSo() {
        assertThat(text(IndentedJson.of(bytes(INDENTED)))).isEqualTo(INDENTED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
