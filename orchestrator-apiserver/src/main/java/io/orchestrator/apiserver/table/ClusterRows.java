package io.orchestrator.apiserver.table;

import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.NodeSystemInfo;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.ServiceAccount;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Nodes, namespaces and what carries configuration. */
final class ClusterRows {
    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
    private static final String NAME = "Name, unique within a namespace";
    private static final String UNKNOWN = "<unknown>";

    private ClusterRows() {}

    static RowPrinter<Node> nodes() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name of the node"),
                        Column.text("Status", "Whether the node takes pods"),
                        Column.text("Roles", "What the node is for, by its labels"),
                        Column.age(),
                        Column.text("Version", "Version of the node agent"),
                        Column.text("Internal-IP", "Address within the cluster").wide(),
                        Column.text("External-IP", "Address from outside").wide(),
                        Column.text("OS-Image", "Operating system").wide(),
                        Column.text("Kernel-Version", "Kernel").wide(),
                        Column.text("Container-Runtime", "Engine that runs the pods")
                                .wide()),
                ClusterRows::node);
    }

    private static List<Object> node(Node node, Instant now) {
        NodeSystemInfo info = node.status().nodeInfo();
        return List.of(
                node.metadata().name(),
                statusOf(node),
                rolesOf(node),
                Age.of(node, now),
                info.kubeletVersion(),
                address(node, "InternalIP"),
                address(node, "ExternalIP"),
                orUnknown(info.osImage()),
                orUnknown(info.kernelVersion()),
                orUnknown(info.containerRuntimeVersion()));
    }

    private static String statusOf(Node node) {
        String ready = node.status().conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .map(condition -> condition.status().equals("True") ? "Ready" : "NotReady")
                .findFirst()
                .orElse("Unknown");
        return node.spec().unschedulable() ? ready + ",SchedulingDisabled" : ready;
    }

    private static String rolesOf(Node node) {
        TreeSet<String> roles = new TreeSet<>();
        node.metadata().labels().forEach((key, value) -> {
            if (key.startsWith(ROLE_PREFIX) && key.length() > ROLE_PREFIX.length()) {
                roles.add(key.substring(ROLE_PREFIX.length()));
            } else if (key.equals("kubernetes.io/role") && !value.isEmpty()) {
                roles.add(value);
            }
        });
        return roles.isEmpty() ? "<none>" : String.join(",", roles);
    }

    private static String address(Node node, String type) {
        return node.status().addresses().stream()
                .filter(address -> address.type().equals(type))
                .map(address -> address.address())
                .findFirst()
                .orElse("<none>");
    }

    static RowPrinter<Namespace> namespaces() {
        return new RowPrinter<>(
                List.of(
                        Column.name("Name of the namespace"),
                        Column.text("Status", "Active or Terminating"),
                        Column.age()),
                (object, now) ->
                        List.of(object.metadata().name(), object.status().phase(), Age.of(object, now)));
    }

    static RowPrinter<CustomResourceDefinition> definitions() {
        return new RowPrinter<>(
                List.of(Column.name(NAME), Column.date("Created At", "When it was created")),
                (object, now) -> List.of(
                        object.metadata().name(),
                        String.valueOf(object.metadata().creationTimestamp())));
    }

    static RowPrinter<ConfigMap> configMaps() {
        return new RowPrinter<>(
                List.of(Column.name(NAME), Column.number("Data", "Entries"), Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(),
                        object.data().size() + object.binaryData().size(),
                        Age.of(object, now)));
    }

    static RowPrinter<Secret> secrets() {
        return new RowPrinter<>(
                List.of(
                        Column.name(NAME),
                        Column.text("Type", "What the secret is for"),
                        Column.number("Data", "Entries"),
                        Column.age()),
                (object, now) -> List.of(
                        object.metadata().name(), object.type(), object.data().size(), Age.of(object, now)));
    }

    static RowPrinter<ServiceAccount> serviceAccounts() {
        return new RowPrinter<>(
                List.of(Column.name(NAME), Column.number("Secrets", "Secrets it may use"), Column.age()),
                (object, now) ->
                        List.of(object.metadata().name(), object.secrets().size(), Age.of(object, now)));
    }

    static RowPrinter<Lease> leases() {
        return new RowPrinter<>(
                List.of(Column.name(NAME), Column.text("Holder", "Who holds it"), Column.age()),
                (object, now) ->
                        List.of(object.metadata().name(), holder(object.spec().holderIdentity()), Age.of(object, now)));
    }

    private static String holder(@Nullable String identity) {
        return identity == null ? "" : identity;
    }

    private static String orUnknown(String text) {
        return text.isEmpty() ? UNKNOWN : text;
    }
}
