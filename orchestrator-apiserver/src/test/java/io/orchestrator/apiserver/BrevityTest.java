package io.orchestrator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.apiserver.route.RequestPath;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.kinds.BuiltInKinds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests the thread that has read them may serve. */
class BrevityTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";

    private final Catalog catalog = BuiltInKinds.catalog(RangeAllocator.standard(new Random(1)));
    private final Brevity brevity = new Brevity(true, () -> catalog, () -> false);

    private boolean isBrief(String method, String path, long length) {
        return brevity.isBrief(method, RequestPath.parse(path), length);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v1/namespaces/default/pods/web,         0",
        "GET,    /api/v1/nodes/one/status,                    0",
        "POST,   /api/v1/namespaces/default/pods,             4500",
        "POST,   /api/v1/namespaces/default/pods/web/binding, 300",
        "PUT,    /apis/apps/v1/namespaces/default/deployments/web, 65536",
        "PATCH,  /api/v1/namespaces/default/pods/web/status,  500",
        "DELETE, /api/v1/namespaces/default/pods/web,         0",
    })
    void oneStoredObjectOfABuiltInKindIsBrief(String method, String path, long length) {
        assertThat(isBrief(method, path, length)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v1/namespaces/default/pods,             0",
        "DELETE, /api/v1/namespaces/default/pods,             0",
        "GET,    /api/v1/namespaces/default/pods/web/log,     0",
        "GET,    /api/v1/watch/namespaces/default/pods/web,   0",
        "POST,   /api/v1/namespaces/default/pods/web/exec,    0",
        "GET,    /api/v1/namespaces/default/pods/web/proxy,   0",
        "POST,   /api/v1/namespaces/default/serviceaccounts/web/token, 0",
        "GET,    /version,                                    0",
        "GET,    /apis/example.com/v1/namespaces/default/widgets/one, 0",
        "POST,   /apis/apiextensions.k8s.io/v1/customresourcedefinitions, 3000",
        "POST,   /apis/authorization.k8s.io/v1/subjectaccessreviews, 300",
        "OPTIONS, /api/v1/namespaces/default/pods/web,        0",
    })
    void whatMayTakeItsTimeIsNot(String method, String path, long length) {
        assertThat(isBrief(method, path, length)).isFalse();
    }

    @Test
    void aBodyThatIsLargeOrHasNoKnownLengthIsNot() {
        assertThat(isBrief("POST", PODS, 65_537)).isFalse();
        assertThat(isBrief("POST", PODS, -1)).isFalse();
    }

    @Test
    void noWriteIsBriefWhileOthersAreAskedOfIt() {
        Brevity judged = new Brevity(true, () -> catalog, () -> true);

        assertThat(judged.isBrief("POST", RequestPath.parse(PODS), 4_500)).isFalse();
        assertThat(judged.isBrief("GET", RequestPath.parse(PODS + "/web"), 0)).isTrue();
    }
}
