package io.orchestrator.store.etcd;

import io.orchestrator.spi.store.Store;
import io.orchestrator.testkit.etcd.EtcdProcess;
import io.orchestrator.testkit.junit.RequiresEtcd;
import io.orchestrator.testkit.store.StoreContract;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract against a real etcd: of the test's own, as compactions concern everyone on it. */
@RequiresEtcd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EtcdStoreContractIT extends StoreContract {
    private final AtomicInteger namespaces = new AtomicInteger();
    private EtcdProcess etcd;
    private boolean marksProgress;

    @BeforeAll
    void startEtcd() throws Exception {
        etcd = EtcdProcess.start();
        marksProgress = EtcdVersion.parse(etcd.version()).marksProgressBehindEvents();
    }

    @AfterAll
    void stopEtcd() throws Exception {
        etcd.close();
    }

    @Override
    protected Store open() {
        // Pages of three: the lists of the contract then take several.
        return EtcdStore.at(etcd.endpoint())
                .namespace("/test-" + namespaces.incrementAndGet())
                .pageSize(3)
                .maxPendingChanges(200)
                .open();
    }

    /** That they end at last is shown in {@link EtcdStoreFaultIT}; to wait for it after each test would take minutes. */
    @Override
    protected boolean isSharedByTheJvm(Thread thread) {
        return thread.getName().startsWith("globalEventExecutor")
                || thread.getName().startsWith("grpc-");
    }

    @Override
    protected int writesBeyondAnyBuffer() {
        return 1_500;
    }

    @Override
    protected boolean marksProgress() {
        return marksProgress;
    }
}
