package io.orchestrator.core.registry;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.client.WriteOptions.FieldValidation;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.core.codec.Decoded;

/** Fields that a custom resource's schema does not know: refused, told of, or silently dropped, as the request wants it. */
final class Conformity {
    private Conformity() {}

    static <T extends Resource> T of(ResourceStrategy<T> strategy, T object, WriteOptions options, Caller caller) {
        Decoded<T> conforming = strategy.conforming(object);
        if (options.fieldValidation() == FieldValidation.STRICT) {
            return conforming.strict(strategy.type());
        }
        if (options.fieldValidation() == FieldValidation.WARN) {
            conforming.problems().forEach(caller.warnings());
        }
        return conforming.value();
    }

    /** An apply names only fields that there are, whatever the request says of validation. */
    static <T extends Resource> T applied(ResourceStrategy<T> strategy, T object) {
        Decoded<T> conforming = strategy.conforming(object);
        if (conforming.problems().isEmpty()) {
            return conforming.value();
        }
        ResourceType<T> type = strategy.type();
        String first = conforming.problems().get(0);
        String field = first.substring(first.indexOf('"') + 1, first.lastIndexOf('"'));
        throw ApiException.badRequest("failed to create typed patch object ("
                + object.metadata().namespace() + "/" + object.metadata().name() + "; " + type.apiVersion() + ", Kind="
                + type.kind() + "): ." + field + ": field not declared in schema");
    }
}
