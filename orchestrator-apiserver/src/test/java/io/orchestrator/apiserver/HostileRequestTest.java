package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.apiserver.ServedCluster.Answer;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad and hostile requests, as they come over the wire: each gets a Status with the right code, and nothing is lost. */
class HostileRequestTest {
    private static final String JSON = "application/json";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private static ServedCluster served;

    @BeforeAll
    static void open() {
        served = new ServedCluster(ApiServer.onPort(0));
        served.client().create(ConfigMap.named("there").data("key", "value").build());
        served.client().create(Pod.named("pod").container("main", "any").build());
        served.client()
                .create(Deployment.named("web")
                        .replicas(1)
                        .container("web", "any")
                        .build());
        assertThat(served.send(
                                "POST",
                                "/api/v1/namespaces",
                                JSON,
                                quoted("{'metadata':{'name':'ending'," + "'finalizers':['example.com/stay']}}"))
                        .code())
                .isEqualTo(201);
        assertThat(served.send("DELETE", "/api/v1/namespaces/ending", JSON, "").code())
                .isEqualTo(200);
        String leaving = "{'metadata':{'name':'leaving','finalizers':['example.com/stay']}}";
        assertThat(served.send("POST", MAPS, JSON, quoted(leaving)).code()).isEqualTo(201);
        assertThat(served.send("DELETE", MAPS + "/leaving", JSON, "").code()).isEqualTo(200);
        String taken =
                "{'metadata':{'name':'taken'},'spec':{'type':'NodePort','ports':[{'port':80,'nodePort':30123}]}}";
        assertThat(served.send("POST", "/api/v1/namespaces/default/services", JSON, quoted(taken))
                        .code())
                .isEqualTo(201);
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @AfterEach
    void theServerGoesOnAndNothingIsLost() {
        Answer answer = served.get(MAPS + "/there");
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.json().at("/data/key").asText()).isEqualTo("value");
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static JsonNode refused(Answer answer, int code, String reason) {
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
        JsonNode status = answer.json();
        assertThat(status.path("kind").asText()).isEqualTo("Status");
        assertThat(status.path("apiVersion").asText()).isEqualTo("v1");
        assertThat(status.path("status").asText()).isEqualTo("Failure");
        assertThat(status.path("code").asInt()).isEqualTo(code);
        assertThat(status.path("reason").asText()).as(answer.text()).isEqualTo(reason);
        assertThat(status.path("message").asText()).isNotBlank();
        return status;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   | /api/v1/namespaces/default/configmaps                         | {'metadata':
            POST   | /api/v1/namespaces/default/configmaps                         | []
            POST   | /api/v1/namespaces/default/configmaps                         | 7
            POST   | /api/v1/namespaces/default/configmaps                         | null
            POST   | /api/v1/namespaces/default/configmaps                         | ``
            POST   | /api/v1/namespaces/default/configmaps                         | {'kind':'Secret','apiVersion':'v1','metadata':{'name':'x'}}
            POST   | /api/v1/namespaces/default/configmaps                         | {'kind':'ConfigMap','apiVersion':'v2','metadata':{'name':'x'}}
            POST   | /api/v1/namespaces/default/configmaps                         | {'metadata':{'name':'x','namespace':'other'}}
            POST   | /api/v1/namespaces/default/configmaps                         | {'metadata':{'name':'x'},'data':{'a':1}}
            POST   | /api/v1/namespaces/default/configmaps?dryRun=All&force=maybe  | {'metadata':{'name':'x'}}
            PUT    | /api/v1/namespaces/default/configmaps/there                   | {'metadata':{'name':'another'}}
            PUT    | /api/v1/namespaces/default/configmaps/there                   | {'metadata':{}}
            GET    | /api/v1/namespaces/default/configmaps?limit=abc               | ``
            GET    | /api/v1/namespaces/default/configmaps?limit=-1                | ``
            GET    | /api/v1/namespaces/default/configmaps?continue=garbage        | ``
            GET    | /api/v1/namespaces/default/configmaps?timeout=abc             | ``
            GET    | /api/v1/namespaces/default/configmaps?timeoutSeconds=abc      | ``
            GET    | /api/v1/namespaces/default/configmaps?watch=perhaps           | ``
            GET    | /api/v1/namespaces/default/configmaps?resourceVersion=abc     | ``
            GET    | /api/v1/namespaces/default/pods?fieldSelector=spec.color%3Dred | ``
            GET    | /api/v1/namespaces/default/pods?labelSelector=a%20b%20c       | ``
            GET    | /api/v1/namespaces/default/pods/pod/log?tailLines=many        | ``
            GET    | /api/v1/namespaces/default/pods/pod/log?sinceTime=yesterday   | ``
            POST   | /api/v1/namespaces/default/pods                               | {'metadata':{'name':'x'},'spec':{'containers':[{'name':'a','image':'i','resources':{'requests':{'memory':'abc'}}}]}}
            POST   | /api/v1/namespaces/default/secrets                            | {'metadata':{'name':'x'},'data':{'a':'***'}}
            POST   | /api/v1/namespaces/default/configmaps?fieldValidation=Strict  | {'metadata':{'name':'x'},'dat':{'a':'1'}}
            POST   | /api/v1/namespaces/default/configmaps?fieldValidation=Strict  | {'metadata':{'name':'x'},'data':{'a':'1'},'data':{'a':'1'}}
            DELETE | /api/v1/namespaces/default/configmaps/missing                 | {'kind':'Pod','apiVersion':'v1'}
            """)
    void whatMakesNoSenseIsABadRequest(String method, String path, String body) {
        refused(served.send(method, path, JSON, quoted(body)), 400, "BadRequest");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   | /api/v1/namespaces/default/configmaps              | {'metadata':{}}                                       | metadata.name
            POST   | /api/v1/namespaces/default/configmaps              | {'metadata':{'name':'Bad_Name'}}                      | metadata.name
            POST   | /api/v1/namespaces/default/configmaps?dryRun=foo   | {'metadata':{'name':'x'}}                             | dryRun
            POST   | /api/v1/namespaces/default/configmaps?fieldValidation=foo | {'metadata':{'name':'x'}}                      | fieldValidation
            POST   | /api/v1/namespaces/default/configmaps?fieldManager=a%0Ab | {'metadata':{'name':'x'}}                        | fieldManager
            DELETE | /api/v1/namespaces/default/configmaps/there        | {'propagationPolicy':'Orphan','orphanDependents':true} | propagationPolicy
            POST   | /api/v1/namespaces/default/configmaps?force=true   | {'metadata':{'name':'x'}}                             | force
            POST   | /api/v1/namespaces/default/configmaps              | {'metadata':{'name':'x'},'data':{'../x':'1'}}         | data[../x]
            DELETE | /api/v1/namespaces/default/configmaps/there?propagationPolicy=foo | ``                                     | propagationPolicy
            DELETE | /api/v1/namespaces/default/configmaps/there        | {'propagationPolicy':'foo'}                           | propagationPolicy
            POST   | /api/v1/namespaces/default/pods                    | {'metadata':{'name':'x'},'spec':{}}                   | spec.containers
            POST   | /api/v1/namespaces/default/pods                    | {'metadata':{'name':'x'},'spec':{'containers':[{'name':'a','image':'i'},{'name':'a','image':'i'}]}} | spec.containers[1].name
            POST   | /api/v1/namespaces/default/pods                    | {'metadata':{'name':'x'},'spec':{'containers':[{'name':'a','image':'i','ports':[{'containerPort':70000}]}]}} | spec.containers[0].ports[0].containerPort
            POST   | /api/v1/namespaces/default/services                | {'metadata':{'name':'x'},'spec':{'type':'NodePort','ports':[{'port':80,'nodePort':80}]}} | spec.ports[0].nodePort
            PUT    | /apis/apps/v1/namespaces/default/deployments/web   | {'metadata':{'name':'web'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'a','image':'i'}]}}}} | spec.selector
            POST   | /apis/apps/v1/namespaces/default/deployments       | {'metadata':{'name':'x'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'c'}},'spec':{'containers':[{'name':'a','image':'i'}]}}}} | spec.template.metadata.labels
            POST   | /api/v1/namespaces/default/configmaps              | {'metadata':{'name':'x','ownerReferences':[{'apiVersion':'v1','kind':'A','name':'a','uid':'1','controller':true},{'apiVersion':'v1','kind':'A','name':'b','uid':'2','controller':true}]}} | metadata.ownerReferences
            POST   | /api/v1/namespaces/default/configmaps              | {'metadata':{'name':'x','ownerReferences':[{'apiVersion':'v1','kind':'A','name':'a'}]}} | metadata.ownerReferences[0].uid
            PATCH  | /api/v1/namespaces/default/configmaps/leaving      | {'metadata':{'finalizers':['example.com/stay','example.com/new']}} | metadata.finalizers
            PATCH  | /api/v1/namespaces/default/configmaps/there?force=true | {'data':{'a':'b'}}                                | force
            POST   | /api/v1/namespaces/default/pods                    | {'metadata':{'name':'x'},'spec':{'containers':[{'name':'a','image':'i','resources':{'requests':{'cpu':'2'},'limits':{'cpu':'1'}}}]}} | spec.containers[0].resources.requests
            POST   | /api/v1/namespaces/default/pods                    | {'metadata':{'name':'x'},'spec':{'volumes':[{'name':'v','emptyDir':{}}],'containers':[{'name':'a','image':'i','volumeMounts':[{'name':'v','mountPath':'/v','subPath':'../x'}]}]}} | spec.containers[0].volumeMounts[0].subPath
            POST   | /api/v1/namespaces/default/services                | {'metadata':{'name':'x'},'spec':{'type':'NodePort','ports':[{'port':80,'nodePort':30123}]}} | spec.ports[0].nodePort
            POST   | /apis/batch/v1/namespaces/default/cronjobs         | {'metadata':{'name':'x'},'spec':{'schedule':'61 * * * *','jobTemplate':{'spec':{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'a','image':'i'}]}}}}}} | spec.schedule
            GET    | /api/v1/namespaces/default/pods/pod/log?tailLines=-1    | ``                                               | tailLines
            GET    | /api/v1/namespaces/default/pods/pod/log?limitBytes=0    | ``                                               | limitBytes
            GET    | /api/v1/namespaces/default/pods/missing/log?sinceSeconds=0 | ``                                            | sinceSeconds
            GET    | /api/v1/namespaces/default/pods/pod/log?sinceSeconds=5&sinceTime=2024-01-01T00:00:00Z | ``                 | []
            POST   | /apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers | {'metadata':{'name':'x'},'spec':{'minReplicas':3,'maxReplicas':2,'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'web'}}} | spec.maxReplicas
            """)
    void whatBreaksARuleIsInvalidAndNamesTheField(String method, String path, String body, String field) {
        String type = method.equals("PATCH") ? "application/merge-patch+json" : JSON;
        JsonNode status = refused(served.send(method, path, type, quoted(body)), 422, "Invalid");
        assertThat(status.at("/details/causes"))
                .as(status.toString())
                .anySatisfy(cause -> assertThat(cause.path("field").asText()).isEqualTo(field));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   | /api/v1/namespaces/default/configmaps         | application/json | {'metadata':{'name':'there'}}  | 409 | AlreadyExists
            PUT    | /api/v1/namespaces/default/configmaps/there   | application/json | {'metadata':{'name':'there','resourceVersion':'1'}} | 409 | Conflict
            DELETE | /api/v1/namespaces/default/configmaps/there   | application/json | {'preconditions':{'uid':'another'}} | 409 | Conflict
            DELETE | /api/v1/namespaces/default/configmaps/there   | application/json | {'preconditions':{'resourceVersion':'1'}} | 409 | Conflict
            GET    | /api/v1/namespaces/default/configmaps/missing | -                | ``                             | 404 | NotFound
            PUT    | /api/v1/namespaces/default/configmaps/missing | application/json | {'metadata':{'name':'missing'}} | 404 | NotFound
            POST   | /api/v1/namespaces/nowhere/configmaps         | application/json | {'metadata':{'name':'x'}}      | 404 | NotFound
            GET    | /api/v1/namespaces/default/unheardof          | -                | ``                             | 404 | NotFound
            GET    | /apis/example.com/v1/things                   | -                | ``                             | 404 | NotFound
            GET    | /api/v1/namespaces/default/pods/pod/unheardof | -                | ``                             | 404 | NotFound
            GET    | /unheardof                                    | -                | ``                             | 404 | NotFound
            POST   | /api/v1/namespaces/ending/configmaps          | application/json | {'metadata':{'name':'x'}}      | 403 | Forbidden
            DELETE | /api/v1/namespaces/default                    | -                | ``                             | 403 | Forbidden
            PUT    | /api/v1/namespaces/default/configmaps         | application/json | {'metadata':{'name':'x'}}      | 405 | MethodNotAllowed
            PATCH  | /api/v1/namespaces/default/configmaps         | application/merge-patch+json | {}                 | 405 | MethodNotAllowed
            POST   | /api/v1/namespaces/default/configmaps/there   | application/json | {'metadata':{'name':'there'}}  | 405 | MethodNotAllowed
            TRACE  | /api/v1/namespaces/default/configmaps         | -                | ``                             | 405 | MethodNotAllowed
            POST   | /version                                      | application/json | {}                             | 405 | MethodNotAllowed
            POST   | /api/v1/namespaces/default/configmaps         | text/plain       | {'metadata':{'name':'x'}}      | 415 | UnsupportedMediaType
            PATCH  | /api/v1/namespaces/default/configmaps/there   | application/json | {'data':{'a':'b'}}             | 415 | UnsupportedMediaType
            PATCH  | /api/v1/namespaces/default/configmaps/there   | -                | {'data':{'a':'b'}}             | 415 | UnsupportedMediaType
            PATCH  | /api/v1/namespaces/default/configmaps/there   | application/json-patch+json | [{'op':'test','path':'/data/key','value':'other'}] | 422 | Invalid
            PATCH  | /api/v1/namespaces/default/configmaps/there   | application/json-patch+json | {'op':'test'}       | 400 | BadRequest
            PATCH  | /api/v1/namespaces/default/configmaps/there   | application/merge-patch+json | [                  | 400 | BadRequest
            PATCH  | /api/v1/namespaces/default/configmaps/there   | application/merge-patch+json | {'metadata':{'name':'other'}} | 400 | BadRequest
            PATCH  | /api/v1/namespaces/default/configmaps/there   | application/merge-patch+json | {'metadata':{'name':null}} | 400 | BadRequest
            PATCH  | /api/v1/namespaces/default/configmaps/there   | application/json-patch+json | [{'op':'replace','path':'/metadata/namespace','value':'other'}] | 400 | BadRequest
            PATCH  | /api/v1/namespaces/default/configmaps/there   | application/apply-patch+yaml | {'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'there'}} | 422 | Invalid
            PATCH  | /api/v1/namespaces/default/configmaps/there?fieldManager=me | application/apply-patch+yaml | {'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'there'},'data':{'key':'mine'}} | 409 | Conflict
            GET    | /api/v1/namespaces/default/configmaps?resourceVersion=999999999&resourceVersionMatch=Exact | - | ``    | 504 | Timeout
            GET    | /api/v1/namespaces/default/configmaps?sendInitialEvents=true | - | ``                                     | 422 | Invalid
            GET    | /api/v1/namespaces/default/configmaps?sendInitialEvents=false | - | ``                                    | 422 | Invalid
            GET    | /api/v1/namespaces/default/configmaps?watch=true&sendInitialEvents=true | - | ``                          | 422 | Invalid
            GET    | /api/v1/namespaces/default/configmaps?watch=true&sendInitialEvents=false | - | ``                         | 422 | Invalid
            GET    | /api/v1/namespaces/default/configmaps?watch=true&resourceVersion=0&resourceVersionMatch=NotOlderThan | - | `` | 422 | Invalid
            """)
    void everyRefusalHasItsCodeAndReason(
            String method, String path, String type, String body, int code, String reason) {
        refused(served.send(method, path, type, quoted(body)), code, reason);
    }

    @Test
    void aBindingOfABoundPodIsAConflict() {
        String binding = quoted("{'metadata':{'name':'pod'},'target':{'kind':'Node','name':'a'}}");
        assertThat(served.send("POST", PODS + "/pod/binding", JSON, binding).code())
                .isEqualTo(201);
        refused(served.send("POST", PODS + "/pod/binding", JSON, binding), 409, "Conflict");
    }

    @Test
    void theNameOfAManagerHasABound() {
        String body = quoted("{'metadata':{'name':'x'}}");
        refused(served.send("POST", MAPS + "?fieldManager=" + "a".repeat(129), JSON, body), 422, "Invalid");
    }

    @Test
    void aGracePeriodBelowNothingIsOneAndNoError() {
        assertThat(served.send("POST", MAPS, JSON, quoted("{'metadata':{'name':'brief'}}"))
                        .code())
                .isEqualTo(201);
        assertThat(served.send("DELETE", MAPS + "/brief?gracePeriodSeconds=-1", JSON, "")
                        .code())
                .isEqualTo(200);
    }

    @Test
    void aTerminatingNamespaceNamesTheCause() {
        JsonNode status = refused(
                served.send("POST", "/api/v1/namespaces/ending/configmaps", JSON, quoted("{'metadata':{'name':'x'}}")),
                403,
                "Forbidden");
        assertThat(status.at("/details/causes/0/reason").asText()).isEqualTo("NamespaceTerminating");
    }

    @Test
    void anApplyConflictNamesTheManagerAndTheField() {
        JsonNode status = served.send(
                        "PATCH",
                        MAPS + "/there?fieldManager=me",
                        "application/apply-patch+yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: there}\ndata: {key: mine}\n")
                .json();
        assertThat(status.at("/details/causes/0/reason").asText()).isEqualTo("FieldManagerConflict");
        assertThat(status.at("/details/causes/0/field").asText()).isEqualTo(".data.key");
    }

    @Test
    void anUnknownFieldIsTakenWithAWarning() {
        Answer answer =
                served.send("POST", MAPS + "?dryRun=All", JSON, quoted("{'metadata':{'name':'x'},'dat':{'a':'1'}}"));
        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.header("Warning")).isEqualTo("299 - \"unknown field \\\"dat\\\"\"");
        assertThat(served.get(MAPS + "/x").code()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png", "application/json;as=Nothing;v=v1;g=meta.k8s.io"})
    void whoTakesNothingThatWeHaveIsToldSo(String accept) {
        refused(served.send(served.to(MAPS).header("Accept", accept).build()), 406, "NotAcceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/namespaces/default/configmaps/%2e%2e", "/api/v1/namespaces/default/configmaps/..%2fx"})
    void pathsDoNotClimb(String path) {
        assertThat(served.get(path).code()).isIn(400, 404, 422);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() {
        byte[] body = new byte[3 * 1024 * 1024 + 1];
        Arrays.fill(body, (byte) ' ');
        refused(served.send("POST", MAPS, JSON, body), 413, "RequestEntityTooLarge");
        HttpRequest chunked = served.to(MAPS)
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(body)))
                .build();
        refused(served.send(chunked), 413, "RequestEntityTooLarge");
    }

    @Test
    void whatIsTooLargeToBeKeptIsInvalid() {
        String many = "{'metadata':{'name':'x','annotations':{'a':'" + "x".repeat(256 * 1024) + "'}}}";
        refused(served.send("POST", MAPS, JSON, quoted(many)), 422, "Invalid");
        String large = "{'metadata':{'name':'x'},'data':{'a':'" + "x".repeat(1024 * 1024 + 1) + "'}}";
        refused(served.send("POST", MAPS, JSON, quoted(large)), 422, "Invalid");
    }

    @Test
    void aPatchOfTooManyOperationsIsRefused() {
        String operation = quoted("{'op':'test','path':'/data/key','value':'value'}");
        String patch = "[" + (operation + ",").repeat(10_000) + operation + "]";
        refused(
                served.send("PATCH", MAPS + "/there", "application/json-patch+json", patch),
                413,
                "RequestEntityTooLarge");
    }

    @Test
    void aBillionLaughsAreNotLaughed() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        refused(served.send("POST", MAPS, "application/yaml", bomb.toString()), 400, "BadRequest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":", "["})
    void aHundredThousandLevelsAreTooDeep(String level) {
        refused(served.send("POST", MAPS, JSON, level.repeat(100_000)), 400, "BadRequest");
    }

    @Test
    void protobufThatIsNoneIsABadRequest() {
        byte[] garbage = "k8s\0garbage".getBytes(StandardCharsets.ISO_8859_1);
        refused(served.send("POST", MAPS, "application/vnd.kubernetes.protobuf", garbage), 400, "BadRequest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1"})
    void theProxyLeadsToNoAddressThatIsThisMachinesOrItsNeighbours(String address) {
        String name = "to-" + address.replace('.', '-');
        String service = "{'metadata':{'name':'" + name + "'},'spec':{'ports':[{'port':80}]}}";
        assertThat(served.send("POST", "/api/v1/namespaces/default/services", JSON, quoted(service))
                        .code())
                .isEqualTo(201);
        String slice = "{'metadata':{'name':'" + name + "','labels':{'kubernetes.io/service-name':'" + name
                + "'}},'addressType':'IPv4','ports':[{'port':80}],'endpoints':[{'addresses':['" + address + "']}]}";
        assertThat(served.send(
                                "POST",
                                "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
                                JSON,
                                quoted(slice))
                        .code())
                .isEqualTo(201);

        Answer answer = served.get("/api/v1/namespaces/default/services/" + name + "/proxy/");

        assertThat(refused(answer, 400, "BadRequest").path("message").asText()).isEqualTo("address not allowed");
    }

    @Test
    void anEvictionThatTheBudgetForbidsMayBeTriedAgainLater() {
        String budget =
                "{'metadata':{'name':'all'},'spec':{'minAvailable':1,'selector':{'matchLabels':{'kept':'yes'}}}}";
        assertThat(served.send("POST", "/apis/policy/v1/namespaces/default/poddisruptionbudgets", JSON, quoted(budget))
                        .code())
                .isEqualTo(201);
        String pod = "{'metadata':{'name':'kept','labels':{'kept':'yes'}},'spec':{'nodeName':'n','containers':"
                + "[{'name':'a','image':'i'}]}}";
        assertThat(served.send("POST", PODS, JSON, quoted(pod)).code()).isEqualTo(201);
        String running = "{'status':{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}}";
        assertThat(served.send("PATCH", PODS + "/kept/status", "application/merge-patch+json", quoted(running))
                        .code())
                .isEqualTo(200);

        Answer answer = served.send(
                "POST",
                PODS + "/kept/eviction",
                JSON,
                quoted("{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'kept'}}"));

        JsonNode status = refused(answer, 429, "TooManyRequests");
        assertThat(status.at("/details/causes/0/reason").asText()).isEqualTo("DisruptionBudget");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void withoutCredentialsThereIsNothingToSee() {
        refused(served.sendAsNobody(served.to(MAPS).build()), 401, "Unauthorized");
        refused(served.sendAsNobody(served.to("/apis").build()), 401, "Unauthorized");
        assertThat(served.sendAsNobody(served.to("/readyz").build()).code()).isEqualTo(200);
        assertThat(served.sendAsNobody(served.to("/version").build()).code()).isEqualTo(200);
        refused(
                served.sendAsNobody(
                        served.to(MAPS).header("Authorization", "Bearer wrong").build()),
                401,
                "Unauthorized");
        refused(
                served.sendAsNobody(
                        served.to(MAPS).header("Authorization", "Basic YTpi").build()),
                401,
                "Unauthorized");
    }
}
