package io.orchestrator.api.meta;

/** Labels that the system itself sets or reads. */
public final class WellKnownLabels {
    public static final String HOSTNAME = "kubernetes.io/hostname";
    public static final String OS = "kubernetes.io/os";
    public static final String ARCH = "kubernetes.io/arch";
    public static final String ZONE = "topology.kubernetes.io/zone";
    public static final String REGION = "topology.kubernetes.io/region";
    public static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";
    public static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

    /** On every namespace, its name. */
    public static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    /** On the replica sets of a deployment and their pods. */
    public static final String POD_TEMPLATE_HASH = "pod-template-hash";

    /** On the pods of daemon sets and stateful sets. */
    public static final String CONTROLLER_REVISION_HASH = "controller-revision-hash";

    public static final String STATEFUL_SET_POD_NAME = "statefulset.kubernetes.io/pod-name";
    public static final String POD_INDEX = "apps.kubernetes.io/pod-index";
    public static final String JOB_NAME = "batch.kubernetes.io/job-name";
    public static final String JOB_CONTROLLER_UID = "batch.kubernetes.io/controller-uid";

    /** On an endpoint slice, the service that it belongs to. */
    public static final String SERVICE_NAME = "kubernetes.io/service-name";

    /** On an endpoint slice, the controller that keeps it. */
    public static final String ENDPOINT_SLICE_MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

    /** On endpoints of a service without an address of its own. */
    public static final String HEADLESS_SERVICE = "service.kubernetes.io/headless";

    /** On a service that the built-in proxies leave alone. */
    public static final String SERVICE_PROXY_NAME = "service.kubernetes.io/service-proxy-name";

    private WellKnownLabels() {}
}
