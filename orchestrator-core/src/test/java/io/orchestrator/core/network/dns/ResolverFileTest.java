package io.orchestrator.core.network.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolverFileTest {

    @Test
    void itIsReadAsResolversReadIt() {
        ResolverFile file = ResolverFile.parse(List.of(
                "# comment",
                "nameserver 192.0.2.1 # the first",
                "domain old.example",
                "search a.example  b.example",
                "nameserver 2001:db8::1",
                "options ndots:2 edns0",
                "sortlist 192.0.2.0",
                "",
                "nameserver"));
        assertThat(file.servers()).containsExactly("192.0.2.1", "2001:db8::1");
        assertThat(file.searches()).containsExactly("a.example", "b.example");
        assertThat(file.options()).containsExactly("ndots:2", "edns0");
    }

    @Test
    void nobodyAsksItself() throws Exception {
        ResolverFile file = ResolverFile.parse(List.of("nameserver 192.0.2.1", "nameserver 192.0.2.2", "nameserver x"));
        assertThat(file.serversOtherThan(InetAddress.getByName("192.0.2.1")))
                .containsExactly(new InetSocketAddress("192.0.2.2", 53));
    }
}
