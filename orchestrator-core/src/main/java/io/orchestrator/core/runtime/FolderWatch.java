package io.orchestrator.core.runtime;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the system say in which folders something is written, where it can do so without looking itself, as Linux can. A folder is
 * watched until something was written there once: what is written to without a rest is cheaper to look at now and then. Thread-safe.
 */
final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    /** Null where there is none, or no more. */
    private @Nullable WatchService service;

    private final Map<WatchKey, Runnable> watched = new HashMap<>();

    private FolderWatch(@Nullable WatchService service) {
        this.service = service;
    }

    static FolderWatch ofThisMachine() {
        if (System.getProperty("os.name", "").startsWith("Linux")) {
            try {
                return new FolderWatch(FileSystems.getDefault().newWatchService());
            } catch (IOException e) {
                LOG.info("containers are looked at four times a second each: {}", e.toString());
            }
        }
        return new FolderWatch(null);
    }

    /**
     * Watches a folder.
     *
     * @param written is run once by {@link #tell} after something was written there, or the folder has gone
     * @return false where that cannot be had
     */
    synchronized boolean watch(Path folder, Runnable written) {
        if (service == null) {
            return false;
        }
        try {
            WatchKey key = folder.register(
                    service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            watched.put(key, written);
            return true;
        } catch (IOException e) {
            LOG.debug("{} is not watched", folder, e);
            return false;
        }
    }

    /** Tells of what was written since the last call. Does not wait. */
    void tell() {
        for (Runnable written = next(); written != null; written = next()) {
            written.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        if (service == null) {
            return null;
        }
        for (WatchKey key = service.poll(); key != null; key = service.poll()) {
            key.cancel();
            Runnable written = watched.remove(key);
            if (written != null) {
                return written;
            }
        }
        return null;
    }

    @Override
    public synchronized void close() {
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                LOG.debug("a watch of folders is not closed", e);
            }
            service = null;
            watched.clear();
        }
    }
}
