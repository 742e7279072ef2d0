package io.orchestrator.apiserver;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.WriteOptions.FieldValidation;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.Limits;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.codec.TypeMeta;
import io.orchestrator.core.codec.protobuf.ProtobufCodec;
import io.orchestrator.core.codec.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Request bodies in the forms that clients send: JSON, YAML, protobuf. Thread-safe. */
final class BodyReader {
    /** Older versions that Kubernetes takes in the place of the served one, field for field: clients still send them. */
    private static final Map<TypeMeta, TypeMeta> ALSO_TAKEN =
            Map.of(new TypeMeta("policy/v1", "Eviction"), new TypeMeta("policy/v1beta1", "Eviction"));

    private final ObjectCodec codec;
    private final ProtobufCodec protobuf;
    private final YamlReader yaml;

    BodyReader(ObjectCodec codec) {
        this.codec = codec;
        this.protobuf = new ProtobufCodec(codec.schemas(), Limits.DEFAULT);
        this.yaml = new YamlReader(Limits.YAML);
    }

    /**
     * Reads a body.
     *
     * @param contentType as the request has it; empty counts as JSON, since kubectl leaves it out now and then
     * @param unknown what a schema that the codec does not have misses in the body, to be told with what else is wrong
     * @param warnings told of unknown and duplicate fields where the validation warns
     */
    <B> B read(
            byte[] body,
            String contentType,
            Class<B> type,
            String apiVersion,
            String kind,
            FieldValidation validation,
            Function<B, List<String>> unknown,
            Consumer<String> warnings) {
        if (body.length == 0) {
            throw ApiException.badRequest("the request has no body, but a " + kind + " was expected");
        }
        Decoded<B> decoded = decode(body, contentType, type);
        requireKind(decoded.typeMeta(), apiVersion, kind);
        return switch (validation) {
            case STRICT -> codec.strict(decoded.problems().isEmpty() ? decoded : and(decoded, unknown), type);
            case WARN -> {
                decoded.problems().forEach(warnings);
                yield decoded.value();
            }
            case IGNORE -> decoded.value();
        };
    }

    private static <B> Decoded<B> and(Decoded<B> decoded, Function<B, List<String>> unknown) {
        List<String> all = new ArrayList<>(decoded.problems());
        all.addAll(unknown.apply(decoded.value()));
        return new Decoded<>(decoded.value(), decoded.typeMeta(), all);
    }

    private <B> Decoded<B> decode(byte[] body, String contentType, Class<B> type) {
        return switch (mediaType(contentType)) {
            case "", "application/json" -> codec.read(body, type);
            case "application/yaml" -> codec.read(yaml.document(new String(body, StandardCharsets.UTF_8)), type);
            case ProtobufCodec.MEDIA_TYPE -> {
                if (type == Unstructured.class
                        || codec.schemas().of(type).tagged().isEmpty()) {
                    throw unsupported(contentType);
                }
                yield protobuf.read(body, type);
            }
            default -> throw unsupported(contentType);
        };
    }

    /** A patch as JSON text; YAML, which an apply patch may be, is turned into it. */
    String patch(byte[] body, boolean mayBeYaml) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw ApiException.badRequest("the request has no body, but a patch was expected");
        }
        return mayBeYaml ? codec.trees().text(yaml.document(text)) : text;
    }

    static String mediaType(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    static ApiException unsupported(String contentType) {
        return new ApiException(
                Reason.UNSUPPORTED_MEDIA_TYPE,
                "the body of the request was in an unknown format - accepted media types include: application/json, "
                        + "application/yaml, application/vnd.kubernetes.protobuf; it was: " + contentType);
    }

    /** @param apiVersion empty for a kind that every group has, as options are: clients name the group that they talk to */
    private static void requireKind(TypeMeta found, String apiVersion, String kind) {
        boolean same = (found.kind().isEmpty() || found.kind().equals(kind))
                && (apiVersion.isEmpty()
                        || found.apiVersion().isEmpty()
                        || found.apiVersion().equals(apiVersion)
                        || found.equals(ALSO_TAKEN.get(new TypeMeta(apiVersion, kind))));
        if (!same) {
            throw ApiException.badRequest("the object provided is unrecognized (must be of type " + kind
                    + "): the API version in the data (" + found.apiVersion() + ", Kind=" + found.kind()
                    + ") does not match the expected API version (" + apiVersion + ", Kind=" + kind + ")");
        }
    }
}
