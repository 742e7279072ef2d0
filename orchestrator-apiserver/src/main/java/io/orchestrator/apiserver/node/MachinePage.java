package io.orchestrator.apiserver.node;

import io.orchestrator.api.meta.Quantity;
import io.orchestrator.spi.node.NodeReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** The machine that a node is, or takes itself for, under the names of cAdvisor. Pure. */
final class MachinePage {
    private MachinePage() {}

    static Map<String, Object> of(NodeReport node) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("num_cores", amount(node, "cpu"));
        page.put("memory_capacity", amount(node, "memory"));
        page.put("machine_id", node.nodeName());
        page.put("system_uuid", node.nodeName());
        page.put("boot_id", "");
        return page;
    }

    private static long amount(NodeReport node, String resource) {
        return node.capacity().getOrDefault(resource, Quantity.ZERO).value();
    }
}
