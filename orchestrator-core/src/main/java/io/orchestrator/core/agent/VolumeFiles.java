package io.orchestrator.core.agent;

import io.orchestrator.api.meta.Bytes;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.DownwardAPIVolumeFile;
import io.orchestrator.api.model.core.KeyToPath;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.ProjectedVolumeSource;
import io.orchestrator.api.model.core.ServiceAccountTokenProjection;
import io.orchestrator.api.model.core.VolumeProjection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of volumes that are made from objects. Blocks on the API. */
final class VolumeFiles {
    private static final int DEFAULT_MODE = 0644;

    /** @param mode as in {@code chmod} */
    record Content(Bytes bytes, int mode) {}

    private final References references;
    private final PodTokens tokens;
    private final DownwardApi self;

    VolumeFiles(References references, PodTokens tokens, DownwardApi self) {
        this.references = references;
        this.tokens = tokens;
        this.self = self;
    }

    Map<String, Content> ofConfigMap(
            String name, List<KeyToPath> items, @Nullable Integer mode, @Nullable Boolean optional) {
        Map<String, Bytes> data = new LinkedHashMap<>();
        references.configMap(pod(), name, optional).ifPresent((ConfigMap map) -> {
            map.data().forEach((key, value) -> data.put(key, Bytes.utf8(value)));
            data.putAll(map.binaryData());
        });
        return select(data, items, mode, optional, "configmap", name);
    }

    Map<String, Content> ofSecret(
            String name, List<KeyToPath> items, @Nullable Integer mode, @Nullable Boolean optional) {
        Map<String, Bytes> data = new LinkedHashMap<>();
        references.secret(pod(), name, optional).ifPresent(secret -> data.putAll(secret.data()));
        return select(data, items, mode, optional, "secret", name);
    }

    Map<String, Content> ofDownwardApi(List<DownwardAPIVolumeFile> items, @Nullable Integer mode) {
        Map<String, Content> files = new LinkedHashMap<>();
        for (DownwardAPIVolumeFile item : items) {
            String text = "";
            if (item.fieldRef() != null) {
                text = self.field(item.fieldRef().fieldPath());
            } else if (item.resourceFieldRef() != null) {
                text = self.resource(item.resourceFieldRef(), Container.EMPTY);
            }
            files.put(item.path(), new Content(Bytes.utf8(text), modeOf(item.mode(), mode)));
        }
        return files;
    }

    Map<String, Content> ofProjected(ProjectedVolumeSource volume) {
        Map<String, Content> files = new LinkedHashMap<>();
        for (VolumeProjection source : volume.sources()) {
            if (source.configMap() != null) {
                var map = source.configMap();
                files.putAll(ofConfigMap(map.name(), map.items(), volume.defaultMode(), map.optional()));
            } else if (source.secret() != null) {
                var secret = source.secret();
                files.putAll(ofSecret(secret.name(), secret.items(), volume.defaultMode(), secret.optional()));
            } else if (source.downwardAPI() != null) {
                files.putAll(ofDownwardApi(source.downwardAPI().items(), volume.defaultMode()));
            } else if (source.serviceAccountToken() != null) {
                ServiceAccountTokenProjection token = source.serviceAccountToken();
                String text = tokens.token(pod(), token.audience(), token.expirationSeconds());
                files.put(token.path(), new Content(Bytes.utf8(text), modeOf(null, volume.defaultMode())));
            } else {
                throw new ConfigFailure("a source of the projected volume is not supported");
            }
        }
        return files;
    }

    private Map<String, Content> select(
            Map<String, Bytes> data,
            List<KeyToPath> items,
            @Nullable Integer mode,
            @Nullable Boolean optional,
            String kind,
            String name) {
        Map<String, Content> files = new LinkedHashMap<>();
        if (items.isEmpty()) {
            data.forEach((key, bytes) -> files.put(key, new Content(bytes, modeOf(null, mode))));
            return files;
        }
        for (KeyToPath item : items) {
            Bytes bytes = data.get(item.key());
            if (bytes != null) {
                files.put(item.path(), new Content(bytes, modeOf(item.mode(), mode)));
            } else if (!Boolean.TRUE.equals(optional)) {
                throw new ConfigFailure(kind + " \"" + name + "\" references non-existent config key: " + item.key());
            }
        }
        return files;
    }

    private Pod pod() {
        return self.pod();
    }

    private static int modeOf(@Nullable Integer own, @Nullable Integer ofVolume) {
        return own != null ? own : ofVolume != null ? ofVolume : DEFAULT_MODE;
    }
}
