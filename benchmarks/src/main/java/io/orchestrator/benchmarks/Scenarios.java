package io.orchestrator.benchmarks;

import io.orchestrator.benchmarks.api.ApiScenario;
import io.orchestrator.benchmarks.api.CreateScenario;
import io.orchestrator.benchmarks.api.FanOutScenario;
import io.orchestrator.benchmarks.api.HeapScenario;
import io.orchestrator.benchmarks.api.MockServerScenario;
import io.orchestrator.benchmarks.api.WatchScenario;
import io.orchestrator.benchmarks.cluster.ClusterStartScenario;
import io.orchestrator.benchmarks.cluster.RestartScenario;
import io.orchestrator.benchmarks.network.DnsScenario;
import io.orchestrator.benchmarks.network.ServiceScenario;
import io.orchestrator.benchmarks.network.ServicesScaleScenario;
import io.orchestrator.benchmarks.pods.IdlePodsScenario;
import io.orchestrator.benchmarks.pods.PodsScenario;
import io.orchestrator.benchmarks.pods.ProcessPodsScenario;
import io.orchestrator.benchmarks.scale.DeploymentScenario;
import io.orchestrator.benchmarks.schedule.SchedulingScenario;
import io.orchestrator.benchmarks.store.CreatesOverEtcdScenario;
import io.orchestrator.benchmarks.store.DurableStoreScenario;
import io.orchestrator.benchmarks.store.EtcdStoreScenario;
import io.orchestrator.benchmarks.store.MemoryStoreScenario;
import java.util.ArrayList;
import java.util.List;

/** All there are, in the order in which they are listed. */
final class Scenarios {
    private Scenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.add(new MemoryStoreScenario());
        all.add(new EtcdStoreScenario());
        all.add(new DurableStoreScenario());
        all.add(new CreatesOverEtcdScenario());
        all.add(new ClusterStartScenario());
        all.add(new RestartScenario());
        all.add(new ApiScenario());
        all.add(new CreateScenario());
        all.add(new MockServerScenario());
        all.add(new WatchScenario());
        all.add(new FanOutScenario());
        all.add(new HeapScenario());
        all.add(new SchedulingScenario());
        all.add(new DeploymentScenario());
        all.add(new ServiceScenario());
        all.add(new DnsScenario());
        all.add(new PodsScenario());
        all.add(new ProcessPodsScenario());
        all.add(new IdlePodsScenario());
        all.add(new ServicesScaleScenario());
        return List.copyOf(all);
    }
}
