package io.orchestrator.runtime.docker;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written down of pods that {@link PodBridge} connects, for each network of an engine: who has which address, and the pods' files. It outlives
 * this program, as the pods do. Who has an address goes when the machine is started anew, as the pods' networks do. Blocking; thread-safe.
 */
final class BridgeRecords {
    /** Where programs keep what is not to outlive the machine's own run. */
    static final Path ADDRESSES = Path.of("/run/orchestrator/docker");
    /** On a disk: what is not to outlive the machine's run is mostly in its memory, where a container that writes to a file of its own would take the place of others. */
    static final Path FILES = Path.of("/var/lib/orchestrator-docker");

    private static final Logger LOG = LoggerFactory.getLogger(BridgeRecords.class);
    /** More than a pod takes from its lease to its container. */
    private static final Duration YOUTH = Duration.ofMinutes(2);

    private final Path addresses;
    private final Path files;
    private final Map<String, AddressLeases> leases = new HashMap<>();

    /**
     * Both folders are made if need be; whoever may write there is trusted.
     *
     * @param files which containers write to
     */
    BridgeRecords(Path addresses, Path files) {
        this.addresses = addresses;
        this.files = files;
    }

    /** @param network the engine's id of it */
    synchronized AddressLeases leases(String network) throws IOException {
        AddressLeases opened = leases.get(network);
        if (opened == null) {
            for (Path each : List.of(addresses, files)) {
                if (Files.exists(each)) {
                    OwnFiles.shut(each);
                }
            }
            opened = AddressLeases.open(addresses.resolve(network));
            leases.put(network, opened);
        }
        return opened;
    }

    PodFiles files(String network) {
        return new PodFiles(files.resolve(network));
    }

    /** Gives back what sandboxes left behind that are gone. @param present the names of those that the engine has */
    void sweep(String network, Supplier<Set<String>> present) throws IOException {
        Instant before = Instant.now().minus(YOUTH);
        Set<String> names = present.get();
        leases(network).sweep(names, before);
        files(network).sweep(names, before);
    }

    /** Gives back all that a sandbox has, whichever program wrote it down. What cannot be given back now is with the next {@link #sweep}. */
    synchronized void release(String sandbox) {
        try {
            for (String network : networks()) {
                if (leases.containsKey(network) || files(network).has(sandbox)) {
                    leases(network).release(sandbox);
                    files(network).remove(sandbox);
                }
            }
        } catch (IOException e) {
            LOG.warn("the address of {} is given back later: {}", sandbox, e.toString());
        }
    }

    /** Gives back an address with the files of the sandbox, if it was in force in this container last. */
    synchronized void release(String network, String address, String container, String sandbox) throws IOException {
        if (leases(network).release(address, container)) {
            files(network).remove(sandbox);
        }
    }

    private Set<String> networks() throws IOException {
        Set<String> networks = new HashSet<>(leases.keySet());
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(files)) {
            folders.forEach(each -> networks.add(String.valueOf(each.getFileName())));
        } catch (NoSuchFileException | AccessDeniedException e) {
            LOG.trace("nothing was written down by us", e);
        }
        return networks;
    }

    /**
     * Removes what is written down of a network, if no address is given out.
     *
     * @return false when one is: then pods are on the network, or are just being made for it
     */
    synchronized boolean remove(String network) {
        try {
            if (!leases(network).close()) {
                return false;
            }
            leases.remove(network);
            files(network).close();
        } catch (IOException e) {
            LOG.debug("what was written down of the network {} is left behind", network, e);
        }
        return true;
    }
}
