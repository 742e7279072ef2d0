package io.orchestrator.core.registry.admission;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import io.orchestrator.api.model.networking.Ingress;
import io.orchestrator.api.model.networking.IngressClass;
import io.orchestrator.api.model.networking.IngressSpecBuilder;
import io.orchestrator.api.model.storage.StorageClass;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** New claims get the default storage class, new ingresses the default ingress class, where they ask for none. */
public final class DefaultClasses implements Admission {
    private static final String STORAGE = "storageclass.kubernetes.io/is-default-class";
    private static final String STORAGE_OF_OLD = "storageclass.beta.kubernetes.io/is-default-class";
    private static final String INGRESS = "ingressclass.kubernetes.io/is-default-class";
    private static final String INGRESS_OF_OLD = "kubernetes.io/ingress.class";

    @Override
    @SuppressWarnings("unchecked") // T is what the object is
    public <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        if (request.operation() != Operation.CREATE || !request.isOfObject()) {
            return object;
        }
        if (object instanceof PersistentVolumeClaim claim && claim.spec().storageClassName() == null) {
            return (T) newest(lookup.list(StorageClass.TYPE, ""), STORAGE, STORAGE_OF_OLD)
                    .map(name -> claim.withSpec(PersistentVolumeClaimSpecBuilder.builder(claim.spec())
                            .storageClassName(name)
                            .build()))
                    .orElse(claim);
        }
        boolean classless = object instanceof Ingress ingress
                && ingress.spec().ingressClassName() == null
                && !ingress.metadata().annotations().containsKey(INGRESS_OF_OLD);
        return classless ? (T) withClass((Ingress) object, request, lookup) : object;
    }

    private static Ingress withClass(Ingress ingress, Request<?> request, Lookup lookup) {
        List<IngressClass> classes = lookup.list(IngressClass.TYPE, "").stream()
                .filter(each -> isDefault(each.metadata(), INGRESS, INGRESS))
                .toList();
        if (classes.size() > 1) {
            throw request.denied(classes.size() + " default IngressClasses were found, only 1 allowed");
        }
        return classes.isEmpty()
                ? ingress
                : ingress.withSpec(IngressSpecBuilder.builder(ingress.spec())
                        .ingressClassName(classes.get(0).metadata().name())
                        .build());
    }

    /** Of several defaults the newest, then the first by name, as Kubernetes has it. */
    private static <T extends Resource> Optional<String> newest(List<T> all, String annotation, String ofOld) {
        Function<ObjectMeta, Instant> created = metadata -> {
            Time time = metadata.creationTimestamp();
            return time == null ? Instant.EPOCH : time.instant();
        };
        return all.stream()
                .map(Resource::metadata)
                .filter(metadata -> isDefault(metadata, annotation, ofOld))
                .min(Comparator.comparing(created, Comparator.reverseOrder()).thenComparing(ObjectMeta::name))
                .map(ObjectMeta::name);
    }

    private static boolean isDefault(ObjectMeta metadata, String annotation, String ofOld) {
        return "true".equals(metadata.annotations().get(annotation))
                || "true".equals(metadata.annotations().get(ofOld));
    }
}
