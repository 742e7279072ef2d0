package io.orchestrator.benchmarks.api;

import io.orchestrator.api.model.core.ContainerDraft;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.codec.ObjectCodec;

/** Pods as they are usual: some 3.8 KB of JSON once the API has filled in its defaults. */
final class SamplePods {
    private static final int SETTINGS = 24;

    private SamplePods() {}

    /** Bound to no node and for no scheduler, so that nothing but the API works on it. */
    static Pod named(String name) {
        Pod pod = Pod.named(name)
                .label("app", "shop")
                .label("app.kubernetes.io/name", "shop")
                .label("app.kubernetes.io/version", "1.27.3")
                .label("pod-template-hash", "66f5b5db5")
                .annotation("prometheus.io/scrape", "true")
                .annotation("checksum/config", "4b3e8bb42f3a3d0a4f9c6f9f0f9d1c3c5e0b8f7a6d5c4b3a2918070605040302")
                .container("web", "registry.example.com/shop/web:1.27.3", SamplePods::web)
                .container(
                        "proxy",
                        "registry.example.com/mesh/proxy:2.9.1",
                        c -> c.port(15001).cpu("100m").memory("128Mi").env("MESH_ID", "east"))
                .build();
        return pod.withSpec(pod.spec().withSchedulerName("nobody"));
    }

    private static ContainerDraft web(ContainerDraft container) {
        ContainerDraft web = container
                .args("--listen=:8080", "--log-level=info", "--graceful-timeout=20s")
                .port(8080)
                .cpu("250m")
                .memory("256Mi");
        for (int i = 0; i < SETTINGS; i++) {
            web = web.env("SHOP_SETTING_NUMBER_" + i, "some value of the setting with the number " + i);
        }
        return web;
    }

    static byte[] json(ObjectCodec codec, String name) {
        return codec.encode(named(name));
    }
}
