package io.orchestrator.core.codec.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.schema.Schemas;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private final ProtobufCodec codec = new ProtobufCodec(new Schemas(), Limits.DEFAULT);

    @Test
    void whatKubectlPutsBehindTheMessageIsPassedOver() {
        ConfigMap map = ConfigMap.named("web").data("key", "value").build();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(codec.encode(map));
        // contentEncoding and contentType, empty, as Kubernetes' encoder writes them.
        body.writeBytes(new byte[] {0x1a, 0, 0x22, 0});

        assertThat(codec.read(body.toByteArray(), ConfigMap.class).value()).isEqualTo(map);
    }

    @Test
    void anUnknownFieldIsSkippedWithAllOfItsBytes() {
        ConfigMap map = ConfigMap.named("web").data("key", "value").build();
        byte[] text = "a field of a later version".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(codec.encode(map));
        body.write(9 << 3 | 2);
        body.write(text.length);
        body.writeBytes(text);
        body.writeBytes(new byte[] {0x22, 0});

        assertThat(codec.read(body.toByteArray(), ConfigMap.class).value()).isEqualTo(map);
    }
}
