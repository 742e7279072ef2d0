package io.orchestrator.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.ResourceKind;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelShapeTest {
    static Stream<Class<?>> records() {
        return ModelRecords.all().stream();
    }

    static Stream<Class<?>> kinds() {
        return ModelRecords.kinds().stream();
    }

    @Test
    void theKindsOfTheFirstPathAreThere() {
        assertThat(ModelRecords.kinds())
                .extracting(Class::getSimpleName)
                .contains(
                        "Namespace", "Node", "Pod", "PodTemplate", "Service", "Endpoints", "EndpointSlice", "ConfigMap")
                .contains(
                        "Secret",
                        "ServiceAccount",
                        "Event",
                        "Lease",
                        "ReplicationController",
                        "ReplicaSet",
                        "Deployment")
                .contains("Scale", "Binding", "Eviction", "Status", "TokenRequest");
    }

    @ParameterizedTest
    @MethodSource("records")
    void everythingIsDescribedInASentence(Class<?> type) {
        assertThat(type.getAnnotation(Description.class).value()).matches("[A-Z].*\\.");
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = component.getAnnotation(Field.class);
            assertThat(field)
                    .as("%s.%s", type.getSimpleName(), component.getName())
                    .isNotNull();
            assertThat(field.value())
                    .as("%s.%s", type.getSimpleName(), component.getName())
                    .matches("[A-Zl].*\\.");
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatIsAbsentIsEmptyNeverANullInPlaceOfATextListOrMap(Class<?> type) {
        Record nothing = ModelRecords.fromNothing(type);
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = ModelRecords.valueOf(component, nothing);
            if (Collection.class.isAssignableFrom(component.getType()) || component.getType() == Map.class) {
                assertThat(value).as(component.getName()).isNotNull();
            }
            if (value instanceof Collection<?> list) {
                assertThat(list).isEmpty();
            } else if (value instanceof Map<?, ?> map) {
                assertThat(map).isEmpty();
            } else if (value instanceof String text) {
                assertThat(text).isEmpty();
            } else if (value instanceof Record record && record.getClass().isAnnotationPresent(Description.class)) {
                assertThat(record).isEqualTo(ModelRecords.fromNothing(record.getClass()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void noTwoFieldsShareAProtobufNumberOrAWireName(Class<?> type) {
        Set<String> seen = new HashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = component.getAnnotation(Field.class);
            if (type.getPackageName().endsWith(".apiextensions")) {
                // Definitions of custom resources are not spoken in protobuf: the server answers such a body with 415.
                assertThat(field.tag()).as(component.getName()).isZero();
            } else {
                assertThat(field.tag()).as(component.getName()).isPositive();
                assertThat(seen.add(field.within() + "/" + field.tag()))
                        .as(component.getName())
                        .isTrue();
            }
            assertThat(seen.add(WireTypes.name(component)))
                    .as(component.getName())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aKindKnowsItsOwnType(Class<?> kind) throws ReflectiveOperationException {
        if (!Resource.class.isAssignableFrom(kind)) {
            return;
        }
        ResourceType<?> type = (ResourceType<?>) kind.getField("TYPE").get(null);
        assertThat(type.objectClass()).isEqualTo(kind);
        assertThat(type.kind()).isEqualTo(kind.getSimpleName());
        assertThat(type.plural())
                .isEqualTo(kind.getAnnotation(ResourceKind.class).plural());
        assertThat(type.singular()).isLowerCase();
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyRecordHasABuilder(Class<?> type) throws ReflectiveOperationException {
        if (type.getRecordComponents().length == 0) {
            return; // There is nothing to build: such a record says all by being there.
        }
        Class<?> builder = Class.forName(type.getName() + "Builder");
        assertThat(Arrays.stream(builder.getMethods()).map(java.lang.reflect.Method::getName))
                .contains("build", "builder");
    }
}
