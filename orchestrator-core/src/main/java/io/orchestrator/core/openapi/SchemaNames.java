package io.orchestrator.core.openapi;

import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.schema.ResourceKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The names that Kubernetes gives its schemas, for the records that stand for them. */
final class SchemaNames {
    static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    static final String TIME = META + "Time";
    static final String MICRO_TIME = META + "MicroTime";
    static final String RAW = "io.k8s.apimachinery.pkg.runtime.RawExtension";
    static final String FIELDS = META + "FieldsV1";
    static final String PATCH = META + "Patch";
    static final String WATCH_EVENT = META + "WatchEvent";

    private static final String MODEL = "io.orchestrator.api.model.";
    private static final String AUTOSCALING = "autoscaling";
    private static final String EXTENSIONS = MODEL + "apiextensions";
    private static final String METRICS = MODEL + "metrics";
    private static final String REGISTRATION = MODEL + "apiregistration";
    private static final String OUR_META = "io.orchestrator.api.meta";

    private SchemaNames() {}

    /** A custom resource is named by its group, backwards. */
    static String of(ResourceType<?> type) {
        if (type.objectClass() != Unstructured.class) {
            return of(type.objectClass());
        }
        List<String> labels = Arrays.asList(type.group().split("\\."));
        Collections.reverse(labels);
        return String.join(".", labels) + "." + type.version() + "." + type.kind();
    }

    /** A host's own record keeps its Java name. */
    static String of(Class<?> record) {
        String home = record.getPackageName();
        if (home.equals(OUR_META)) {
            return META + record.getSimpleName();
        }
        if (home.equals(EXTENSIONS)) {
            return "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1." + record.getSimpleName();
        }
        if (home.equals(METRICS)) {
            return "io.k8s.metrics.pkg.apis.metrics.v1beta1." + record.getSimpleName();
        }
        if (home.equals(REGISTRATION)) {
            return "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1." + record.getSimpleName();
        }
        if (home.startsWith(MODEL)) {
            String group = home.substring(MODEL.length());
            return group.equals(AUTOSCALING + ".v1")
                    ? "io.k8s.api." + group + "." + record.getSimpleName()
                    : "io.k8s.api." + group + "." + version(record, group) + "." + record.getSimpleName();
        }
        return record.getName().replace('$', '.');
    }

    /** Of autoscaling the model has the newer version, and of the older one the scale, which has no newer form. */
    private static String version(Class<?> record, String group) {
        ResourceKind kind = record.getAnnotation(ResourceKind.class);
        if (kind != null) {
            return kind.version();
        }
        return group.equals(AUTOSCALING) && !record.getSimpleName().startsWith("Scale") ? "v2" : "v1";
    }
}
