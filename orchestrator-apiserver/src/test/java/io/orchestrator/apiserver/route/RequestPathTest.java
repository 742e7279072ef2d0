package io.orchestrator.apiserver.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.apiserver.route.RequestPath.OfResource;
import io.orchestrator.apiserver.route.RequestPath.Plain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/pods,'',v1,'',pods,'','',''",
        "/api/v1/namespaces,'',v1,'',namespaces,'','',''",
        "/api/v1/namespaces/web,'',v1,'',namespaces,web,'',''",
        "/api/v1/namespaces/web/finalize,'',v1,'',namespaces,web,finalize,''",
        "/api/v1/namespaces/web/pods,'',v1,web,pods,'','',''",
        "/api/v1/namespaces/web/pods/a,'',v1,web,pods,a,'',''",
        "/api/v1/namespaces/web/pods/a/log,'',v1,web,pods,a,log,''",
        "/api/v1/namespaces/web/pods/a/proxy/x/y,'',v1,web,pods,a,proxy,x/y",
        "/apis/apps/v1/deployments,apps,v1,'',deployments,'','',''",
        "/apis/apps/v1/namespaces/web/deployments/a/scale,apps,v1,web,deployments,a,scale,''",
        "/api/v1/nodes/n%2B1/status,'',v1,'',nodes,n+1,status,''",
    })
    void aResourcePathNamesItsParts(
            String path,
            String group,
            String version,
            String namespace,
            String plural,
            String name,
            String subresource,
            String rest) {
        assertThat(RequestPath.parse(path))
                .isEqualTo(new OfResource(group, version, false, namespace, plural, name, subresource, rest));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/watch/pods,'','',pods,''",
        "/api/v1/watch/namespaces/web,'','',namespaces,web",
        "/apis/apps/v1/watch/namespaces/web/deployments/a,apps,web,deployments,a",
    })
    void theOlderFormOfAWatchNamesWhatIsWatched(
            String path, String group, String namespace, String plural, String name) {
        assertThat(RequestPath.parse(path))
                .isEqualTo(new OfResource(group, "v1", true, namespace, plural, name, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/watch/namespaces/web/pods/a/exec", "/api/v1/watch/nodes/a/proxy"})
    void whatIsAPartOfAnObjectCannotBeWatched(String path) {
        assertThat(RequestPath.parse(path)).isInstanceOf(Plain.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api", "/api/v1", "/apis", "/apis/apps", "/apis/apps/v1", "/healthz", "/openapi/v3"})
    void everythingElseIsPlain(String path) {
        assertThat(RequestPath.parse(path)).isInstanceOf(Plain.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces/../secrets",
                "/api/v1/namespaces/%2e%2e/secrets",
                "/api/v1/namespaces/a%2Fb/pods",
                "/api/v1/pods/%zz",
                "/api/v1/pods/a%00b"
            })
    void aPathThatClimbsOrIsBrokenIsRefused(String path) {
        assertThatThrownBy(() -> RequestPath.parse(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doubledSlashesMeanNothing() {
        assertThat(RequestPath.parse("//api//v1/pods/")).isEqualTo(RequestPath.parse("/api/v1/pods"));
    }
}
