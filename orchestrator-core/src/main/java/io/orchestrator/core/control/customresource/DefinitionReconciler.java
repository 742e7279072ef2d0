package io.orchestrator.core.control.customresource;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.control.Context;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.control.Reconciler;
import io.orchestrator.api.control.View;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionCondition;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionStatus;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import io.orchestrator.core.schema.DefinitionNames;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The life of a definition after its creation: it gets the names that others have given up, and before it goes, its objects
 * go. What objects are left is always read live: deleting by a cache could leave behind what was created last.
 */
public final class DefinitionReconciler implements Reconciler {
    private static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final int PAGE = 500;

    private DefinitionReconciler() {}

    public static ControllerSpec spec() {
        return ControllerSpec.named("customresourcedefinition")
                .reconciles(CustomResourceDefinition.TYPE)
                .watches(CustomResourceDefinition.TYPE, DefinitionReconciler::rivals)
                .with(new DefinitionReconciler());
    }

    /** Those that may wait for a name of this one. */
    private static List<ObjectKey> rivals(CustomResourceDefinition definition, View view) {
        return view.list(CustomResourceDefinition.TYPE, "").stream()
                .filter(other -> other.spec().group().equals(definition.spec().group())
                        && !DefinitionNames.isTrue(other, DefinitionNames.NAMES_ACCEPTED))
                .map(ObjectKey::of)
                .toList();
    }

    @Override
    public Outcome reconcile(ObjectKey key, Context context) {
        Optional<CustomResourceDefinition> found = context.view().get(CustomResourceDefinition.TYPE, key);
        if (found.isEmpty()) {
            return Outcome.done();
        }
        CustomResourceDefinition definition = found.get();
        if (definition.metadata().deletionTimestamp() != null) {
            return definition.metadata().finalizers().contains(FINALIZER)
                    ? remove(definition, context)
                    : Outcome.done();
        }
        CustomResourceDefinitionStatus status = DefinitionNames.judge(
                definition,
                context.view().list(CustomResourceDefinition.TYPE, ""),
                context.clock().instant());
        if (!status.equals(definition.status())) {
            context.client().resources(CustomResourceDefinition.TYPE).updateStatus(definition.withStatus(status));
        }
        return Outcome.done();
    }

    private static Outcome remove(CustomResourceDefinition definition, Context context) {
        Client client = context.client();
        CustomResourceDefinition told = told(
                definition,
                true,
                "InstanceDeletionInProgress",
                "CustomResource deletion is in progress",
                context.clock());
        if (!told.equals(definition)) {
            // The next event of it comes back here, and then nobody can make new objects any more.
            client.resources(CustomResourceDefinition.TYPE).updateStatus(told);
            return Outcome.done();
        }
        Optional<ResourceType<Unstructured>> type = servedType(definition);
        if (type.isPresent() && !isEmptied(type.get(), client)) {
            return Outcome.retryAfter(
                    LOOK_AGAIN, "objects of " + definition.metadata().name() + " remain");
        }
        release(definition, context);
        return Outcome.done();
    }

    private static CustomResourceDefinition told(
            CustomResourceDefinition definition, boolean holds, String reason, String message, Clock clock) {
        List<CustomResourceDefinitionCondition> conditions =
                new ArrayList<>(definition.status().conditions());
        DefinitionNames.set(conditions, DefinitionNames.TERMINATING, holds, reason, message, clock.instant());
        return definition.withStatus(definition.status().withConditions(conditions));
    }

    private static Optional<ResourceType<Unstructured>> servedType(CustomResourceDefinition definition) {
        if (!DefinitionNames.isTrue(definition, DefinitionNames.ESTABLISHED)) {
            return Optional.empty();
        }
        return definition.spec().versions().stream()
                .filter(CustomResourceDefinitionVersion::served)
                .findFirst()
                .map(version -> ResourceType.unstructured(
                        definition.spec().group(),
                        version.name(),
                        definition.status().acceptedNames().kind(),
                        definition.spec().names().plural(),
                        definition.spec().scope().equals("Namespaced")));
    }

    /** Asks all to go, and tells whether none is left. Page by page, as there may be any number of them. */
    private static boolean isEmptied(ResourceType<Unstructured> type, Client client) {
        try {
            Set<String> namespaces = new TreeSet<>();
            boolean none = true;
            String next = "";
            do {
                ResourceList<Unstructured> page = client.resources(type)
                        .inAnyNamespace()
                        .list(ListOptions.all().page(PAGE, next));
                for (Unstructured item : page.items()) {
                    none = false;
                    if (!item.metadata().isDeleting()) {
                        namespaces.add(item.metadata().namespace());
                    }
                }
                next = page.metadata().continueToken();
            } while (!next.isEmpty());
            for (String namespace : namespaces) {
                client.resources(type)
                        .inNamespace(namespace)
                        .deleteAll(
                                ListOptions.all(),
                                DeleteOptions.defaults().propagate(DeleteOptions.Propagation.BACKGROUND));
            }
            return none
                    || !namespaces.isEmpty()
                            && client.resources(type)
                                    .inAnyNamespace()
                                    .list(ListOptions.all().page(1, ""))
                                    .items()
                                    .isEmpty();
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return true;
            }
            throw e;
        }
    }

    private static void release(CustomResourceDefinition definition, Context context) {
        CustomResourceDefinition free = definition.withMetadata(definition
                .metadata()
                .withFinalizers(definition.metadata().finalizers().stream()
                        .filter(finalizer -> !finalizer.equals(FINALIZER))
                        .toList()));
        try {
            context.client().resources(CustomResourceDefinition.TYPE).update(free);
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
