package io.orchestrator.testkit.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.Names;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.ResourceQuota;
import io.orchestrator.api.model.networking.IngressClass;
import io.orchestrator.api.model.rbac.RoleBinding;
import io.orchestrator.api.model.scheduling.PriorityClass;
import io.orchestrator.api.model.storage.StorageClass;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused of the kinds, each bad field with its own cause in the words of Kubernetes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KindValidationTest {
    private final RegistryFixture cluster = new RegistryFixture();
    private final Posting posting = new Posting(cluster);

    @AfterAll
    void close() {
        cluster.close();
    }

    private void refused(String head, String body, String... causes) {
        String kind = head.substring(head.lastIndexOf('/') + 1);
        String apiVersion = head.substring(0, head.lastIndexOf('/'));
        String yaml = "{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: bad}, " + body + "}";
        assertThat(posting.refusals(yaml)).containsExactly(causes);
    }

    @Test
    void claims() {
        String claim = "v1/PersistentVolumeClaim";
        refused(
                claim,
                "spec: {}",
                "spec.accessModes: Required value: at least 1 access mode is required",
                "spec.resources[storage]: Required value");
        refused(
                claim,
                "spec: {accessModes: [Often], volumeMode: Tape, storageClassName: A_B,"
                        + " resources: {requests: {storage: '0'}}}",
                "spec.accessModes: Unsupported value: \"Often\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\","
                        + " \"ReadWriteOnce\", \"ReadWriteOncePod\"",
                "spec.resources[storage]: Invalid value: \"0\": must be greater than zero",
                "spec.storageClassName: Invalid value: \"A_B\": "
                        + Names.dnsSubdomain("A_B").get(0),
                "spec.volumeMode: Unsupported value: \"Tape\": supported values: \"Block\", \"Filesystem\"");
    }

    @Test
    void volumes() {
        refused(
                "v1/PersistentVolume",
                "spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}",
                "spec: Required value: must specify a volume type");
        refused(
                "v1/PersistentVolume",
                "spec: {local: {path: /d}, persistentVolumeReclaimPolicy: Burn}",
                "spec.accessModes: Required value",
                "spec.capacity: Required value",
                "spec.persistentVolumeReclaimPolicy: Unsupported value: \"Burn\": supported values: \"Delete\","
                        + " \"Recycle\", \"Retain\"",
                "spec.nodeAffinity: Required value: Local volume requires node affinity");
    }

    @Test
    void whatIsMountedWithinAMount() {
        String at = "spec.containers[0].volumeMounts[0].";
        refused(
                "v1/Pod",
                "spec: {containers: [{name: a, image: a, securityContext: {privileged: false},"
                        + " volumeMounts: [{name: v, mountPath: /v, mountPropagation: Bidirectional}]}],"
                        + " volumes: [{name: v, emptyDir: {}}]}",
                at + "mountPropagation: Forbidden:"
                        + " Bidirectional mount propagation is available only to privileged containers");
        refused(
                "v1/Pod",
                "spec: {containers: [{name: a, image: a, volumeMounts:"
                        + " [{name: v, mountPath: /v, mountPropagation: HostToContainer, recursiveReadOnly: Enabled}]}],"
                        + " volumes: [{name: v, emptyDir: {}}]}",
                at + "recursiveReadOnly: Forbidden: may only be specified when readOnly is true",
                at
                        + "recursiveReadOnly: Forbidden: may only be specified when mountPropagation is None or not specified");
    }

    @Test
    void whomALoadBalancerServes() {
        String cidr = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
        refused(
                "v1/Service",
                "spec: {type: LoadBalancer, ports: [{port: 80}], loadBalancerSourceRanges: [' 10.0.0.0/8 ', 10.0.0.0/x,"
                        + " 10.0.0.0/40, 10.0.0.1, 'fd00::/8', '']}",
                "spec.LoadBalancerSourceRanges[1]: Invalid value: \"10.0.0.0/x\": " + cidr,
                "spec.LoadBalancerSourceRanges[2]: Invalid value: \"10.0.0.0/40\": " + cidr,
                "spec.LoadBalancerSourceRanges[3]: Invalid value: \"10.0.0.1\": " + cidr,
                "spec.LoadBalancerSourceRanges[5]: Invalid value: \"\": " + cidr);
        refused(
                "v1/Service",
                "spec: {type: NodePort, ports: [{port: 80}], loadBalancerSourceRanges: [10.0.0.0/8]}",
                "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'");
    }

    @Test
    void whereTheTrafficOfAServiceGoes() {
        refused(
                "v1/Service",
                "spec: {ports: [{port: 80}], trafficDistribution: Anywhere}",
                "spec.trafficDistribution: Unsupported value: \"Anywhere\": supported values: \"PreferClose\"");
    }

    /** Addresses of IPv6 are not to be had here: whoever asks for them is told so, as a cluster of one family says it. */
    @Test
    void familiesOfAddresses() {
        refused(
                "v1/Service",
                "spec: {ports: [{port: 80}], ipFamilies: [IPv6], ipFamilyPolicy: SingleStack}",
                "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster");
        refused(
                "v1/Service",
                "spec: {ports: [{port: 80}], ipFamilies: [IPv4, IPv6], ipFamilyPolicy: RequireDualStack}",
                "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for"
                        + " dual-stack services",
                "spec.ipFamilies[1]: Invalid value: \"IPv6\": not configured on this cluster");
        refused(
                "v1/Service",
                "spec: {ports: [{port: 80}], ipFamilies: [IPv5], ipFamilyPolicy: Both}",
                "spec.ipFamilyPolicy: Unsupported value: \"Both\": supported values: \"PreferDualStack\","
                        + " \"RequireDualStack\", \"SingleStack\"",
                "spec.ipFamilies[0]: Unsupported value: \"IPv5\": supported values: \"IPv4\", \"IPv6\"");
    }

    @Test
    void storageClasses() {
        refused(
                "storage.k8s.io/v1/StorageClass",
                "volumeBindingMode: Never, reclaimPolicy: Recycle",
                "provisioner: Required value",
                "reclaimPolicy: Unsupported value: \"Recycle\": supported values: \"Delete\", \"Retain\"",
                "volumeBindingMode: Unsupported value: \"Never\": supported values: \"Immediate\","
                        + " \"WaitForFirstConsumer\"");
    }

    @Test
    void disruptionBudgets() {
        refused(
                "policy/v1/PodDisruptionBudget",
                "spec: {minAvailable: 120%, maxUnavailable: -1, unhealthyPodEvictionPolicy: Maybe}",
                "spec: Invalid value: \"\": minAvailable and maxUnavailable cannot be both set",
                "spec.minAvailable: Invalid value: \"120%\": must not be greater than 100%",
                "spec.maxUnavailable: Invalid value: -1: must be greater than or equal to 0",
                "spec.unhealthyPodEvictionPolicy: Unsupported value: \"Maybe\": supported values: \"AlwaysAllow\","
                        + " \"IfHealthyBudget\"");
    }

    @Test
    void autoscalers() {
        refused(
                "autoscaling/v2/HorizontalPodAutoscaler",
                "spec: {minReplicas: 5, maxReplicas: 3, scaleTargetRef: {kind: Deployment}, metrics: [{type:"
                        + " Resource}]}",
                "spec.maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`",
                "spec.scaleTargetRef.name: Required value",
                "spec.metrics[0].resource: Required value: must populate information for the given metric source");
        refused(
                "autoscaling/v1/HorizontalPodAutoscaler",
                "spec: {minReplicas: 0, maxReplicas: 0, scaleTargetRef: {kind: Deployment, name: web}}",
                "spec.minReplicas: Invalid value: 0: must be greater than or equal to 1",
                "spec.maxReplicas: Invalid value: 0: must be greater than 0");
    }

    @Test
    void cronJobs() {
        String pods =
                "jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}";
        assertThat(posting.refusals(
                        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: bad}, spec: {schedule: '61 * * * *', "
                                + pods + "}}"))
                .singleElement()
                .asString()
                .startsWith("spec.schedule: Invalid value: \"61 * * * *\": ");
        refused(
                "batch/v1/CronJob",
                "spec: {schedule: 'TZ=UTC 0 3 * * *', timeZone: Mars/Olympus, concurrencyPolicy: Maybe, "
                        + "startingDeadlineSeconds: -1, " + pods + "}",
                "spec.schedule: Invalid value: \"TZ=UTC 0 3 * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone"
                        + " field instead",
                "spec.timeZone: Invalid value: \"Mars/Olympus\": unknown time zone Mars/Olympus",
                "spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0",
                "spec.concurrencyPolicy: Unsupported value: \"Maybe\": supported values: \"Allow\", \"Forbid\","
                        + " \"Replace\"");
    }

    @Test
    void ingresses() {
        String ingress = "networking.k8s.io/v1/Ingress";
        refused(ingress, "spec: {}", "spec: Invalid value: \"\": either `defaultBackend` or `rules` must be specified");
        refused(
                ingress,
                "spec: {rules: [{host: 10.0.0.1, http: {paths: [{path: a, backend: {service: {name: web}}}]}},"
                        + " {http: {paths: [{path: /a//b, pathType: Exact, backend: {}}]}}]}",
                "spec.rules[0].host: Invalid value: \"10.0.0.1\": must be a DNS name, not an IP address",
                "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified",
                "spec.rules[0].http.paths[0].backend: Required value: port name or number is required",
                "spec.rules[1].http.paths[0].path: Invalid value: \"/a//b\": must not contain '//'",
                "spec.rules[1].http.paths[0].backend: Invalid value: \"\": resource or service backend is required");
    }

    @Test
    void networkPolicies() {
        refused(
                "networking.k8s.io/v1/NetworkPolicy",
                "spec: {podSelector: {}, policyTypes: [Sideways], ingress: [{ports: [{endPort: 5}], from: [{}]}],"
                        + " egress: [{ports: [{port: 80, endPort: 70}],"
                        + " to: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/8]}}, {ipBlock: {cidr: ten}}]}]}",
                "spec.ingress[0].ports[0].port: Required value: must be specified when `endPort` is specified",
                "spec.ingress[0].from[0]: Required value: must specify a peer",
                "spec.egress[0].ports[0].endPort: Invalid value: 70: must be greater than or equal to `port`",
                "spec.egress[0].to[0].ipBlock.except[0]: Invalid value: \"11.0.0.0/8\": must be a strict subset of"
                        + " `cidr`",
                "spec.egress[0].to[1].ipBlock.cidr: Invalid value: \"ten\": must be a valid CIDR value, (e.g."
                        + " 10.9.8.0/24 or 2001:db8::/64)",
                "spec.policyTypes[0]: Unsupported value: \"Sideways\": supported values: \"Egress\", \"Ingress\"");
    }

    @Test
    void rolesAndBindings() {
        refused(
                "rbac.authorization.k8s.io/v1/Role",
                "rules: [{verbs: [], resources: [pods]}, {verbs: [get], nonResourceURLs: [/metrics]}]",
                "rules[0].verbs: Required value: verbs must contain at least one value",
                "rules[0].apiGroups: Required value: resource rules must supply at least one api group",
                "rules[1].nonResourceURLs: Invalid value: []string{\"/metrics\"}: namespaced rules cannot apply to"
                        + " non-resource URLs");
        refused(
                "rbac.authorization.k8s.io/v1/ClusterRoleBinding",
                "roleRef: {kind: Role, name: x}, subjects: [{kind: ServiceAccount, name: bot}, {kind: Robot, name: r}]",
                "roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\"",
                "subjects[0].namespace: Required value",
                "subjects[1].kind: Unsupported value: \"Robot\": supported values: \"ServiceAccount\", \"User\","
                        + " \"Group\"");
    }

    @Test
    void prioritiesQuotasAndLimits() {
        refused(
                "scheduling.k8s.io/v1/PriorityClass",
                "value: 2000000000",
                "value: Forbidden: maximum allowed value of a user defined priority is 1000000000");
        refused(
                "v1/ResourceQuota",
                "spec: {hard: {pods: '-1'}, scopes: [BestEffort, NotBestEffort]}",
                "spec.hard[pods]: Invalid value: \"-1\": must be greater than or equal to 0",
                "spec.scopes: Invalid value: []string{\"BestEffort\", \"NotBestEffort\"}: conflicting scopes");
        refused(
                "v1/LimitRange",
                "spec: {limits: [{type: Pod, min: {cpu: '2'}, max: {cpu: '1'}, default: {cpu: '1'}}]}",
                "spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'",
                "spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1",
                "spec.limits[0].default[cpu]: Invalid value: \"2\": min value 2 is greater than default value 1");
    }

    @Test
    void webhooksAndPolicies() {
        refused(
                "admissionregistration.k8s.io/v1/MutatingWebhookConfiguration",
                "webhooks: [{name: a.b, timeoutSeconds: 31, clientConfig: {url: 'http://x'}, rules: [{apiGroups: ['*',"
                        + " a], apiVersions: [v1], resources: [pods], operations: [READ]}]}]",
                "webhooks[0].name: Invalid value: \"a.b\": should be a domain with at least three segments separated by"
                        + " dots",
                "webhooks[0].rules[0].apiGroups: Invalid value: []string{\"*\", \"a\"}: if '*' is present, must not"
                        + " specify other API groups",
                "webhooks[0].rules[0].operations[0]: Unsupported value: \"READ\": supported values: \"*\", \"CONNECT\","
                        + " \"CREATE\", \"DELETE\", \"UPDATE\"",
                "webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun",
                "webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds",
                "webhooks[0].clientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL scheme; desired"
                        + " format: https://host[/path]",
                "webhooks[0].admissionReviewVersions: Required value: must specify one of v1, v1beta1");
        refused(
                "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding",
                "spec: {validationActions: [Deny, Warn]}",
                "spec.policyName: Required value",
                "spec.validationActions: Invalid value: []string{\"Deny\", \"Warn\"}: must not contain both Deny and"
                        + " Warn");
    }

    @Test
    void requestsForCertificates() {
        refused(
                "certificates.k8s.io/v1/CertificateSigningRequest",
                "spec: {request: '', signerName: nobody, usages: [juggling], expirationSeconds: 10}",
                "spec.request: Invalid value: \"\": PEM block type must be CERTIFICATE REQUEST",
                "spec.usages[0]: " + posting.refusals("""
                    {apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: bad},
                     spec: {request: '', signerName: a.b/c, usages: [juggling]}}
                    """).get(1).substring("spec.usages[0]: ".length()),
                "spec.signerName: Invalid value: \"nobody\": must be a fully qualified domain and path of the form"
                        + " 'example.com/signer-name'",
                "spec.expirationSeconds: Invalid value: 10: may not specify a duration less than 600 seconds"
                        + " (10 minutes)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "claim|{spec: {storageClassName: other}}"
                        + "|spec: Forbidden: spec is immutable after creation except resources.requests and"
                        + " volumeAttributesClassName for bound claims",
                "class|{parameters: {a: b}}|parameters: Forbidden: updates to parameters are forbidden.",
                "priority|{value: 8}|value: Forbidden: may not be changed in an update.",
                "binding|{roleRef: {name: edit}}"
                        + "|roleRef: Invalid value: rbac.RoleRef{APIGroup:\"rbac.authorization.k8s.io\","
                        + " Kind:\"ClusterRole\", Name:\"edit\"}: cannot change roleRef",
                "controller|{spec: {controller: acme.io/other}}"
                        + "|spec.controller: Invalid value: \"acme.io/other\": field is immutable",
            })
    void whatMayNotChange(String what, String patch, String cause) {
        ResourceType<?> type = switch (what) {
            case "claim" -> PersistentVolumeClaim.TYPE;
            case "class" -> StorageClass.TYPE;
            case "priority" -> PriorityClass.TYPE;
            case "binding" -> RoleBinding.TYPE;
            default -> IngressClass.TYPE;
        };
        String body = switch (what) {
            case "claim" ->
                "spec: {accessModes: [ReadWriteOnce], storageClassName: slow, resources: {requests: {storage: 1Gi}}}";
            case "class" -> "provisioner: acme.io/fast";
            case "priority" -> "value: 7";
            case "binding" -> "roleRef: {kind: ClusterRole, name: view}";
            default -> "spec: {controller: acme.io/ingress}";
        };
        posting.create("{apiVersion: " + type.apiVersion() + ", kind: " + type.kind() + ", metadata: {name: fixed}, "
                + body + "}");
        assertThat(posting.refusals(type, "fixed", json(patch))).containsExactly(cause);
    }

    /** Flow-style YAML of plain words as JSON. */
    private static String json(String flow) {
        return flow.replaceAll("([A-Za-z./]+)(?=[:}])", "\"$1\"");
    }

    @Test
    void aStatefulSetMountsTheClaimsThatItMakes() {
        assertThat(posting.refusals("""
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db}
            spec:
              serviceName: db
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec:
                  containers:
                  - {name: db, image: db:1, volumeMounts: [{name: data, mountPath: /data}, {name: nothing, mountPath: /no}]}
              volumeClaimTemplates:
              - metadata: {name: data}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """))
                .containsExactly("spec.template.spec.containers[0].volumeMounts[1].name: Not found: \"nothing\"");
    }

    @Test
    void aQuotaKeepsItsScopes() {
        posting.create("{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {scopes: [BestEffort]}}");
        assertThat(posting.refusals(ResourceQuota.TYPE, "q", "{\"spec\":{\"scopes\":[\"Terminating\"]}}"))
                .hasSize(1)
                .allMatch(cause -> cause.startsWith("spec.scopes: ") && cause.endsWith("field is immutable"));
    }

    @Test
    void aBoundClaimMayGrowAndNotShrink() {
        posting.create("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: grows}, spec:"
                + " {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}");
        String larger = "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"2Gi\"}}}}";
        assertThat(posting.refusals(PersistentVolumeClaim.TYPE, "grows", larger))
                .hasSize(1);
        cluster.client
                .resources(PersistentVolumeClaim.TYPE)
                .patchStatus("grows", io.orchestrator.api.client.Patch.merge("{\"status\":{\"phase\":\"Bound\"}}"));
        assertThat(posting.refusals(PersistentVolumeClaim.TYPE, "grows", larger))
                .isEmpty();
        assertThat(posting.refusals(
                        PersistentVolumeClaim.TYPE,
                        "grows",
                        "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}"))
                .containsExactly(
                        "spec.resources.requests.storage: Forbidden: field can not be less than status.capacity");
    }
}
