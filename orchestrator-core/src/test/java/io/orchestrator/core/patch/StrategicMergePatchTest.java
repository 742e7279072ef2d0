package io.orchestrator.core.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.api.client.Patch;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.codec.Decoded;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.schema.Schemas;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrategicMergePatchTest {
    private final ObjectPatcher patcher = new ObjectPatcher(new ObjectCodec(new Schemas()));
    private final Deployment web = (Deployment) Manifests.builtIn().read("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {a: x, b: "1"}, finalizers: [f1, f2]}
            spec:
              strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}
              template:
                spec:
                  containers:
                  - {name: a, image: a1, args: [p, q]}
                  - {name: b, image: b1, env: [{name: X, value: "1"}]}
                  - {name: c, image: c1}
                  volumes:
                  - {name: v, emptyDir: {}}
            """).get(0);

    @Test
    void listsOfObjectsAreMergedByTheirKey() {
        Deployment patched = pod("{'containers':[{'name':'b','image':'b2'},{'name':'d','image':'d1'}]}");
        assertThat(images(patched))
                .as("in the order in which Kubernetes merges")
                .containsExactly("a1", "b2", "d1", "c1");
        assertThat(container(patched, "b").env()).hasSize(1);
    }

    @Test
    void listsWithoutAStrategyAreReplaced() {
        assertThat(container(pod("{'containers':[{'name':'a','args':['z']}]}"), "a")
                        .args())
                .containsExactly("z");
    }

    @Test
    void itemsAreDeletedByTheirKey() {
        assertThat(images(pod("{'containers':[{'name':'b','$patch':'delete'}]}")))
                .containsExactly("a1", "c1");
    }

    @Test
    void aWholeListIsReplacedOnRequest() {
        assertThat(images(pod("{'containers':[{'$patch':'replace'},{'name':'n','image':'n1'}]}")))
                .containsExactly("n1");
    }

    @Test
    void theOrderIsTheOneAskedFor() {
        assertThat(images(pod("{'$setElementOrder/containers':[{'name':'c'},{'name':'n'},{'name':'a'}],"
                        + "'containers':[{'name':'n','image':'n1'},{'name':'b','$patch':'delete'}]}")))
                .containsExactly("c1", "n1", "a1");
        assertThat(images(pod("{'$setElementOrder/containers':[{'name':'c'},{'name':'a'}]}")))
                .as("what only the live list has stays before what it stood before")
                .containsExactly("b1", "c1", "a1");
    }

    @Test
    void retainedKeysClearTheOthers() {
        Deployment patched = patch("{'spec':{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}}");
        assertThat(patched.spec().strategy().type()).isEqualTo("Recreate");
        assertThat(patched.spec().strategy().rollingUpdate()).isNull();
        Deployment volume =
                pod("{'volumes':[{'$retainKeys':['name','hostPath'],'name':'v','hostPath':{'path':'/x'}}]}");
        assertThat(volume.spec().template().spec().volumes().get(0).emptyDir()).isNull();
    }

    @Test
    void primitivesAreUnitedAndDeletedFrom() {
        assertThat(patch("{'metadata':{'finalizers':['f3','f1']}}").metadata().finalizers())
                .containsExactlyInAnyOrder("f1", "f2", "f3");
        assertThat(patch("{'metadata':{'$deleteFromPrimitiveList/finalizers':['f1']}}")
                        .metadata()
                        .finalizers())
                .containsExactly("f2");
    }

    @Test
    void nullRemovesAndMapsAreMerged() {
        assertThat(patch("{'metadata':{'labels':{'a':null,'z':'q'}}}")
                        .metadata()
                        .labels())
                .containsOnlyKeys("b", "z");
        assertThat(patch("{'metadata':{'labels':null}}").metadata().labels()).isEmpty();
        assertThat(patch("{'metadata':{'labels':{'$patch':'replace','z':'q'}}}")
                        .metadata()
                        .labels())
                .containsOnlyKeys("z");
    }

    @Test
    void portsOfOneNumberAndTwoProtocolsStayTwo() {
        Service dns = (Service) Manifests.builtIn()
                .read("apiVersion: v1\nkind: Service\nspec: {ports: [{port: 53, protocol: TCP, name: t},"
                        + " {port: 53, protocol: UDP, name: u}]}")
                .get(0);
        Service patched = patcher.patch(dns, Patch.strategic("{\"spec\":{\"ports\":[{\"port\":80}]}}"))
                .value();
        assertThat(patched.spec().ports()).hasSize(3);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> pod("{'containers':[{'image':'i'}]}"))
                .isInstanceOf(PatchException.class)
                .hasMessageContaining("does not contain declared merge key: name");
        assertThatThrownBy(() -> patch("{'metadata':{'labels':{'$patch':'jump'}}}"))
                .isInstanceOf(PatchException.class);
        assertThatThrownBy(() -> patch("{'spec':{'strategy':{'$retainKeys':['type'],'rollingUpdate':{}}}}"))
                .isInstanceOf(PatchException.class);
        assertThatThrownBy(() -> patch("[]")).isInstanceOf(PatchException.class);
    }

    @Test
    void unknownFieldsAreToldOf() {
        Decoded<Deployment> decoded = patcher.patch(web, Patch.strategic("{\"spec\":{\"foo\":{\"bar\":1}}}"));
        assertThat(decoded.problems()).containsExactly("unknown field \"spec.foo\"");
        assertThat(decoded.value()).isEqualTo(web);
    }

    private Deployment pod(String spec) {
        return patch("{'spec':{'template':{'spec':" + spec + "}}}");
    }

    private Deployment patch(String patch) {
        return patcher.patch(web, Patch.strategic(patch.replace('\'', '"'))).value();
    }

    private static List<String> images(Deployment deployment) {
        return deployment.spec().template().spec().containers().stream()
                .map(Container::image)
                .toList();
    }

    private static Container container(Deployment deployment, String name) {
        return deployment.spec().template().spec().containers().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
