package io.orchestrator.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.ListType;
import io.orchestrator.api.schema.MapType;
import io.orchestrator.api.schema.PatchStrategy;
import io.orchestrator.api.schema.ResourceKind;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Compares the records with Kubernetes' own documents, where {@code -Dkubernetes.reference=DIRECTORY} says where these are. What
 * it may find, and why, is written in {@code docs/model-check.md}.
 */
@EnabledIfSystemProperty(named = "kubernetes.reference", matches = ".+")
class ModelAgainstReferenceTest {
    private static Reference reference;

    @BeforeAll
    static void readReference() {
        reference = new Reference(Path.of(System.getProperty("kubernetes.reference")));
    }

    @Test
    void namesTypesAndMergeRulesAreThoseOfTheOpenApi() {
        Set<String> differences = new TreeSet<>(Comparator.naturalOrder());
        Set<String> newer = new TreeSet<>();
        int fields = 0;
        for (Class<?> type : ModelRecords.all()) {
            JsonNode definition = reference.definition(type);
            if (definition.isMissingNode()) {
                differences.add(Reference.definitionName(type) + " is unknown");
                continue;
            }
            Map<String, String> ours = describe(type);
            Map<String, String> theirs = describe(type, definition);
            Set<String> messageFields = messageFields(type);
            fields += ours.size();
            compare(type.getSimpleName(), ours, theirs, messageFields, differences, newer);
            boolean atomic = definition.path("x-kubernetes-map-type").asText().equals("atomic");
            if (atomic != type.isAnnotationPresent(Atomic.class)) {
                differences.add(type.getSimpleName() + ": atomic there is " + atomic);
            }
            compareKind(type, definition, differences);
        }
        System.out.println("compared " + ModelRecords.all().size() + " records with " + fields + " fields");
        newer.forEach(field -> System.out.println("newer than 1.32, left out: " + field));
        differences.forEach(difference -> System.out.println("differs: " + difference));
        assertThat(differences).isEmpty();
    }

    private static void compare(
            String record,
            Map<String, String> ours,
            Map<String, String> theirs,
            Set<String> messageFields,
            Set<String> differences,
            Set<String> newer) {
        theirs.forEach((name, description) -> {
            if (!ours.containsKey(name)) {
                boolean old = messageFields.contains(name);
                (old ? differences : newer).add(record + "." + name + (old ? " is missing" : ""));
            } else if (!ours.get(name).equals(description)) {
                differences.add(
                        record + "." + name + "\n    ours:   " + ours.get(name) + "\n    theirs: " + description);
            }
        });
        ours.keySet().stream()
                .filter(name -> !theirs.containsKey(name))
                .forEach(name -> differences.add(record + "." + name + " is ours alone"));
    }

    private static void compareKind(Class<?> type, JsonNode definition, Set<String> differences) {
        ResourceKind kind = type.getAnnotation(ResourceKind.class);
        if (kind == null) {
            return;
        }
        boolean known = StreamSupport.stream(
                        definition.path("x-kubernetes-group-version-kind").spliterator(), false)
                .anyMatch(gvk -> gvk.path("group").asText().equals(kind.group())
                        && gvk.path("version").asText().equals(kind.version())
                        && gvk.path("kind").asText().equals(kind.kind()));
        if (!known) {
            differences.add(type.getSimpleName() + ": group, version and kind are others there");
        }
    }

    private static Map<String, String> describe(Class<?> type) {
        Map<String, String> fields = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = component.getAnnotation(Field.class);
            fields.put(WireTypes.name(component), WireTypes.of(component.getGenericType()) + rules(field));
        }
        return fields;
    }

    private static String rules(Field field) {
        StringBuilder rules = new StringBuilder(field.required() ? " required" : "");
        if (!field.mergeKey().isEmpty()) {
            rules.append(" merge-key=").append(field.mergeKey());
        }
        if (field.patch().length > 0) {
            rules.append(" patch=")
                    .append(Arrays.stream(field.patch())
                            .map(strategy -> strategy == PatchStrategy.RETAIN_KEYS ? "retainKeys" : lower(strategy))
                            .collect(Collectors.joining(",")));
        }
        if (field.listType() != ListType.UNSET) {
            rules.append(" list=").append(lower(field.listType())).append(List.of(field.mapKeys()));
        }
        if (field.mapType() != MapType.UNSET) {
            rules.append(" map=").append(lower(field.mapType()));
        }
        return rules.toString();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> describe(Class<?> type, JsonNode definition) {
        Map<String, String> fields = new TreeMap<>();
        Set<String> required = new TreeSet<>();
        definition.path("required").forEach(name -> required.add(name.asText()));
        definition.path("properties").properties().forEach(property -> {
            boolean typeMeta = Set.of("apiVersion", "kind").contains(property.getKey())
                    && type.isAnnotationPresent(ResourceKind.class);
            if (!typeMeta) {
                String rules = rules(property.getValue(), required.contains(property.getKey()));
                fields.put(property.getKey(), WireTypes.of(property.getValue()) + rules);
            }
        });
        return fields;
    }

    private static String rules(JsonNode property, boolean required) {
        StringBuilder rules = new StringBuilder(required ? " required" : "");
        if (property.has("x-kubernetes-patch-merge-key")) {
            rules.append(" merge-key=")
                    .append(property.path("x-kubernetes-patch-merge-key").asText());
        }
        if (property.has("x-kubernetes-patch-strategy")) {
            rules.append(" patch=")
                    .append(property.path("x-kubernetes-patch-strategy").asText());
        }
        if (property.has("x-kubernetes-list-type")) {
            List<String> keys = StreamSupport.stream(
                            property.path("x-kubernetes-list-map-keys").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.toList());
            rules.append(" list=")
                    .append(property.path("x-kubernetes-list-type").asText())
                    .append(keys);
        }
        if (property.has("x-kubernetes-map-type")) {
            rules.append(" map=").append(property.path("x-kubernetes-map-type").asText());
        }
        return rules.toString();
    }

    private static Set<String> messageFields(Class<?> type) {
        return numbers(reference.message(type), 0).keySet();
    }

    /** By wire name, the number of the field and of the message around it. */
    private static Map<String, String> numbers(JsonNode message, int within) {
        Map<String, String> numbers = new TreeMap<>();
        for (JsonNode field : message) {
            int number = field.path("n").asInt();
            if (field.path("inline").asBoolean() && field.path("json").asText().isEmpty()) {
                numbers.putAll(numbers(reference.message(field.path("type").asText()), within * 1000 + number));
            } else {
                numbers.put(field.path("json").asText(), within + "/" + number);
            }
        }
        return numbers;
    }

    @Test
    void fieldNumbersAreThoseOfProtobuf() {
        Map<String, String> differences = new TreeMap<>();
        for (Class<?> type : ModelRecords.all()) {
            Map<String, String> ours = new TreeMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                Field field = component.getAnnotation(Field.class);
                ours.put(WireTypes.name(component), field.within() + "/" + field.tag());
            }
            Map<String, String> theirs = numbers(reference.message(type), 0);
            if (!ours.equals(theirs)) {
                differences.put(type.getSimpleName(), "\n    ours:   " + ours + "\n    theirs: " + theirs);
            }
        }
        assertThat(differences).isEmpty();
    }
}
