package io.orchestrator.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.meta.ListMeta;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.core.schema.Schemas;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedPartsTest {
    private final ObjectCodec codec = new ObjectCodec(new Schemas());

    @Test
    void podsOfOneTemplateHaveTheVerySameSpec() {
        pod("a", "first");
        Pod second = pod("b", "first");
        Pod third = pod("c", "first");
        assertThat(third.spec()).isSameAs(second.spec());
        assertThat(third.metadata().name()).isEqualTo("c");
        assertThat(third.status().phase()).isEqualTo("Pending");
    }

    @Test
    void aPartThatDiffersInOneByteIsAnother() {
        pod("a", "first");
        pod("b", "first");
        assertThat(pod("c", "other").spec().containers().get(0).env().get(0).value())
                .isEqualTo("other");
        assertThat(pod("d", "first").spec().containers().get(0).env().get(0).value())
                .isEqualTo("first");
    }

    @Test
    void whatFollowsAKnownPartIsReadAndJudgedAsEver() {
        pod("a", "first");
        pod("b", "first");
        String known = json("c", "first");
        String unknownField = known.substring(0, known.length() - 1) + ",\"bogus\":1}";
        assertThat(codec.read(bytes(unknownField), Pod.class).problems()).hasSize(1);
        assertThat(pod("d", "first").spec())
                .isSameAs(codec.decode(bytes(" " + known + " "), Pod.class).spec());
    }

    @Test
    void aKnownPartCountsForTheDepthThatItHas() {
        ObjectCodec shallow = new ObjectCodec(new Schemas(), new Limits(1 << 20, 1 << 20, 6, 0));
        byte[] json = bytes(json("a", "first"));
        for (int i = 0; i < 3; i++) {
            assertThat(shallow.decode(json, Pod.class).metadata().name()).isEqualTo("a");
        }
        String pod = json("a", "first");
        String spec = pod.substring(pod.indexOf("\"spec\""), pod.indexOf(",\"status\""));
        byte[] deeper = bytes("{\"spec\":{\"template\":{" + spec + "}}}");
        assertThat(codec.decode(deeper, Deployment.class)
                        .spec()
                        .template()
                        .spec()
                        .containers())
                .hasSize(1);
        assertThatThrownBy(() -> shallow.decode(deeper, Deployment.class)).isInstanceOf(DecodeException.class);
    }

    @Test
    void templatesThatBeginAlikeAreToldApart() {
        List<String> values = IntStream.range(0, 8).mapToObj(i -> "value " + i).toList();
        values.forEach(value -> pod("a", value));
        List<PodSpec> known =
                values.stream().map(value -> pod("b", value).spec()).toList();
        for (int i = 0; i < 8; i++) {
            assertThat(pod("c", values.get(i)).spec()).isSameAs(known.get(i));
        }
    }

    @Test
    void thePiecesOfAnObjectAreItsJson() {
        for (int i = 0; i < 6; i++) {
            Pod pod = pod("pod-" + i, "value " + i / 3);
            assertThat(codec.splice(pod).whole()).isEqualTo(codec.encode(pod));
            assertThat(codec.splice(pod).length()).isEqualTo(codec.encode(pod).length);
            assertThat(codec.trees().parse(codec.splice(pod).whole())).isEqualTo(codec.toTree(pod));
        }
    }

    @Test
    void objectsThatConsistOfTheSameShareItsBytes() {
        pod("a", "first");
        codec.splice(pod("b", "first"));
        SplicedJson second = codec.splice(pod("c", "first"));
        SplicedJson third = codec.splice(pod("d", "first"));
        assertThat(third.pieces()).isEqualTo(3);
        assertThat(third.piece(1)).isSameAs(second.piece(1));
    }

    @Test
    void aListIsMadeOfThePiecesOfItsItems() {
        List<SplicedJson> items = List.of(
                codec.splice(pod("a", "x")),
                codec.splice(pod("b", "x")),
                codec.splice(pod("c", "x")),
                codec.splice(pod("d", "x")));
        Iterator<byte[]> pieces = new ListBody(codec).spliced("v1", "PodList", ListMeta.EMPTY, items.iterator());
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        pieces.forEachRemaining(list::writeBytes);
        assertThat(codec.trees().parse(list.toByteArray()).get("items"))
                .hasSize(4)
                .last()
                .isEqualTo(codec.toTree(pod("d", "x")));
    }

    private Pod pod(String name, String value) {
        return codec.decode(bytes(json(name, value)), Pod.class);
    }

    private static String json(String name, String value) {
        String command = "\"" + "command".repeat(20) + "\"";
        String arguments = "\"" + "argument".repeat(60) + "\"";
        return "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name + "\"},"
                + "\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"shop:1\",\"command\":[" + command + "],"
                + "\"env\":[{\"name\":\"A\",\"value\":\"" + value + "\"}],\"args\":[" + arguments
                + "]}]},\"status\":{\"phase\":\"Pending\"}}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
