package io.orchestrator.api.model;

import static java.util.stream.Collectors.toList;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.ResourceKind;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every record of the model, as compiled. */
final class ModelRecords {
    private ModelRecords() {}

    static List<Class<?>> all() {
        try {
            Path root = Path.of(Resource.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root.resolve("io/orchestrator/api"))) {
                return files.map(file -> root.relativize(file).toString())
                        .filter(name -> name.contains("/model/") || name.contains("/meta/"))
                        .filter(name -> name.endsWith(".class") && !name.contains("-"))
                        .sorted()
                        .map(ModelRecords::load)
                        .filter(type -> type.isRecord() && type.isAnnotationPresent(Description.class))
                        .filter(type -> type.getTypeParameters().length == 0)
                        .collect(toList());
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Class<?>> kinds() {
        return all().stream()
                .filter(type -> type.isAnnotationPresent(ResourceKind.class))
                .collect(toList());
    }

    private static Class<?> load(String file) {
        try {
            String name = file.substring(0, file.length() - ".class".length());
            return Class.forName(name.replace('/', '.'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The record that comes of nothing being known. */
    static Record fromNothing(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] nothing = Arrays.stream(types).map(ModelRecords::zero).toArray();
        try {
            return (Record) type.getDeclaredConstructor(types).newInstance(nothing);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private static Object zero(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? 0L : null;
    }

    static Object valueOf(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }
}
