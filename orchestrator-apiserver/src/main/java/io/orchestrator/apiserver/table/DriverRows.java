package io.orchestrator.apiserver.table;

import io.orchestrator.api.model.storage.CSIDriver;
import io.orchestrator.api.model.storage.CSINode;
import io.orchestrator.api.model.storage.CSIStorageCapacity;
import io.orchestrator.api.model.storage.TokenRequest;
import io.orchestrator.api.model.storage.VolumeAttachment;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints what storage drivers tell and are told. */
final class DriverRows {
    private static final String UNSET = "<unset>";

    private DriverRows() {}

    static RowPrinter<CSIDriver> drivers() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within the cluster"),
                        flag("AttachRequired", "Whether volumes must be attached to a node before they are mounted"),
                        flag("PodInfoOnMount", "Whether the driver is told which pod a volume is for"),
                        flag("StorageCapacity", "Whether the driver tells how much room it has"),
                        Column.text("TokenRequests", "For whom the driver gets tokens of service accounts"),
                        flag("RequiresRepublish", "Whether the driver is called again and again"),
                        Column.text("Modes", "The lives that volumes can have"),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(),
                        Boolean.TRUE.equals(object.spec().attachRequired()),
                        Boolean.TRUE.equals(object.spec().podInfoOnMount()),
                        Boolean.TRUE.equals(object.spec().storageCapacity()),
                        listed(object.spec().tokenRequests().stream()
                                .map(TokenRequest::audience)
                                .toList()),
                        Boolean.TRUE.equals(object.spec().requiresRepublish()),
                        listed(object.spec().volumeLifecycleModes()),
                        Age.of(object, now)));
    }

    private static Column flag(String name, String description) {
        return new Column(name, "boolean", "", description, 0);
    }

    private static String listed(List<String> texts) {
        String all = texts.stream().filter(text -> !text.isEmpty()).collect(Collectors.joining(","));
        return all.isEmpty() ? UNSET : all;
    }

    static RowPrinter<CSINode> nodes() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within the cluster"),
                        Column.number("Drivers", "How many drivers the node has"),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(), object.spec().drivers().size(), Age.of(object, now)));
    }

    static RowPrinter<CSIStorageCapacity> capacities() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within a namespace"),
                        Column.text("StorageClassName", "The class that it is about"),
                        Column.text("Capacity", "How much room there is")),
                (object, now) -> List.of(
                        object.metadata().name(),
                        object.storageClassName(),
                        object.capacity() == null ? UNSET : object.capacity().toString()));
    }

    static RowPrinter<VolumeAttachment> attachments() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name, unique within the cluster"),
                        Column.text("Attacher", "The driver that does it"),
                        Column.text("PV", "The volume"),
                        Column.text("Node", "The node"),
                        flag("Attached", "Whether it is done"),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(),
                        object.spec().attacher(),
                        or(object.spec().source().persistentVolumeName()),
                        object.spec().nodeName(),
                        object.status().attached(),
                        Age.of(object, now)));
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
