package io.orchestrator.architecture;

import java.util.Arrays;

/** The packages of the design below one root: the real one, or the fixture's that breaks every rule. */
record Parts(String root) {

    static final Parts REAL = new Parts("io.orchestrator");
    static final Parts FIXTURE = new Parts("io.orchestrator.architecture.fixture");

    /** The part and everything below it, as ArchUnit writes it. */
    String below(String part) {
        return root + "." + part + "..";
    }

    String[] below(String... parts) {
        return Arrays.stream(parts).map(this::below).toArray(String[]::new);
    }

    String exactly(String part) {
        return root + "." + part;
    }

    /** Everything that a host may have on its class path. */
    String[] library() {
        return below("api", "spi", "core", "apiserver", "runtime.docker", "store.etcd", "testkit");
    }

    /** The loops that know the cluster only through the client, so that each could run in another process. */
    String[] loops() {
        return below("core.control", "core.schedule", "core.agent", "core.network");
    }
}
