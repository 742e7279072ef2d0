package io.orchestrator.core.control.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchestrator.api.meta.RawJson;
import io.orchestrator.api.model.apps.ControllerRevision;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.Schemas;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A pod template as the data of a revision: the patch that puts the template in the place of another, as {@code kubectl
 * rollout undo} sends it.
 *
 * <p><b>Threads.</b> Safe for concurrent use: what was read of late is kept, under a lock, as a controller reads the same few
 * revisions each time that a pod changes.
 */
public final class RevisionData {
    private static final String DIRECTIVE = "$patch";

    private static final int KEPT = 512;

    private final ObjectCodec codec = new ObjectCodec(new Schemas());

    private final Map<RawJson, Optional<PodTemplateSpec>> read =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<RawJson, Optional<PodTemplateSpec>> eldest) {
                    return size() > KEPT;
                }
            });

    public RawJson of(PodTemplateSpec template) {
        ObjectNode inner = ((ObjectNode) codec.toTree(template)).put(DIRECTIVE, "replace");
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putObject("spec").set("template", inner);
        return RawJson.of(data.toString());
    }

    /** The template that the revision holds; empty where it holds something else. */
    public Optional<PodTemplateSpec> templateOf(ControllerRevision revision) {
        RawJson data = revision.data();
        return data == null ? Optional.empty() : read.computeIfAbsent(data, this::read);
    }

    private Optional<PodTemplateSpec> read(RawJson data) {
        try {
            JsonNode tree = codec.trees().parse(data.json());
            return tree.at("/spec/template") instanceof ObjectNode template
                    ? Optional.of(codec.read(template.without(DIRECTIVE), PodTemplateSpec.class)
                            .value())
                    : Optional.empty();
        } catch (DecodeException e) {
            return Optional.empty(); // written by hand: it stands for no template
        }
    }
}
