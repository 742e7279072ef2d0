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
import java.util.Optional;

/**
 * A pod template as the data of a revision: the patch that puts the template in the place of another, as {@code kubectl
 * rollout undo} sends it.
 */
public final class RevisionData {
    private static final String DIRECTIVE = "$patch";

    private final ObjectCodec codec = new ObjectCodec(new Schemas());

    public RawJson of(PodTemplateSpec template) {
        ObjectNode inner = ((ObjectNode) codec.toTree(template)).put(DIRECTIVE, "replace");
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putObject("spec").set("template", inner);
        return RawJson.of(data.toString());
    }

    /** The template that the revision holds; empty where it holds something else. */
    public Optional<PodTemplateSpec> templateOf(ControllerRevision revision) {
        RawJson data = revision.data();
        if (data == null) {
            return Optional.empty();
        }
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
