package io.orchestrator.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import io.orchestrator.spi.network.ServiceTable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedirectionTest {

    private static ServicePort port(String name, String address, int... endpoints) {
        return new ServicePort(
                "default",
                name,
                "http",
                List.of(address),
                80,
                0,
                "TCP",
                null,
                Arrays.stream(endpoints)
                        .mapToObj(number -> new Endpoint("127.64.0.1", number))
                        .toList(),
                List.of());
    }

    private static ServiceTable table(ServicePort... ports) {
        return new ServiceTable(List.of(ports));
    }

    @Test
    void portsThatLeadElsewhereAreTold() {
        ServicePort web = port("web", "127.130.0.1", 1, 2);
        ServicePort moved = port("web", "127.130.0.1", 2, 3);
        ServicePort other = port("other", "127.130.0.2", 1);
        assertThat(Redirection.between(table(web, other), table(moved, other)))
                .contains(List.of(new Redirection(web, moved)));
        assertThat(Redirection.between(table(web), table(port("web", "127.130.0.1", 1, 2))))
                .contains(List.of());
    }

    @Test
    void whatComesGoesOrIsReachedElsewhereIsMoreThanThat() {
        ServicePort web = port("web", "127.130.0.1", 1);
        ServicePort other = port("other", "127.130.0.2", 1);
        assertThat(Redirection.between(table(web), table(web, other))).isEmpty();
        assertThat(Redirection.between(table(web, other), table(web))).isEmpty();
        assertThat(Redirection.between(table(web, other), table(other, web))).isEmpty();
        assertThat(Redirection.between(table(web), table(port("web", "127.130.0.9", 1))))
                .isEmpty();
    }
}
