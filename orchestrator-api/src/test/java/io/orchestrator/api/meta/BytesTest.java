package io.orchestrator.api.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
    @Test
    void bytesAreBase64OnTheWireAndEqualByContent() {
        assertThat(Bytes.base64("c2VjcmV0")).isEqualTo(Bytes.utf8("secret")).hasSameHashCodeAs(Bytes.utf8("secret"));
        assertThat(Bytes.utf8("secret").toBase64()).isEqualTo("c2VjcmV0");
        assertThat(Bytes.base64("c2Vj\ncmV0\n").asUtf8()).isEqualTo("secret");
        assertThat(Bytes.base64("")).isSameAs(Bytes.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "abc", "ab=c", "????", "c2VjcmV", "c2Vj cmV0"})
    void whatIsNotBase64IsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Bytes.base64(text));
    }

    @Test
    void nobodyCanChangeThemAndTheyDoNotShowInLogs() {
        byte[] source = {1, 2};
        Bytes bytes = Bytes.of(source);
        source[0] = 9;
        bytes.toByteArray()[1] = 9;
        assertThat(bytes.toByteArray()).containsExactly(1, 2);
        assertThat(bytes).hasToString("Bytes[2]");
    }
}
