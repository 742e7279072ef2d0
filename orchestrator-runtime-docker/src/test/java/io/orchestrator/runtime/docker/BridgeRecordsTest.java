package io.orchestrator.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.runtime.PodIdentity;
import io.orchestrator.spi.runtime.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeRecordsTest {
    private static final AddressRange RANGE = AddressRange.of("10.4.0.0/24").orElseThrow();

    @TempDir
    private Path folder;

    @Test
    void aProgramThatWasStartedAnewGivesBackWhatAnEarlierOneNeverConnected() throws IOException {
        made(new BridgeRecords(folder), "sandbox");
        BridgeRecords anew = new BridgeRecords(folder);
        anew.release("sandbox");
        assertThat(folder.resolve("network/addresses")).isEmptyDirectory();
        assertThat(folder.resolve("network/pods")).isEmptyDirectory();
    }

    @Test
    void wordOfASandboxOfANetworkThatIsGoneLeavesNothing() throws IOException {
        BridgeRecords records = new BridgeRecords(folder);
        String address = made(records, "sandbox");
        records.release("sandbox");
        assertThat(records.remove("network")).isTrue();
        records.release("network", address, "c1", "sandbox");
        records.release("sandbox");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void filesOfASandboxThatWasMadeAgainStayWhenWordComesOfTheFirst() throws IOException {
        BridgeRecords records = new BridgeRecords(folder);
        String address = made(records, "sandbox");
        records.leases("network").enforced(address, new AddressLeases.Run("c1", "dawn"));
        records.release("sandbox");
        made(records, "sandbox");
        records.release("network", address, "c1", "sandbox");
        assertThat(folder.resolve("network/pods/sandbox/hosts")).exists();
        assertThat(folder.resolve("network/addresses")).isNotEmptyDirectory();
    }

    @Test
    void theFolderIsShutToOthersThoughItWasThereBefore() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        made(new BridgeRecords(open), "sandbox");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
                .isEqualTo("rwx------");
    }

    private static String made(BridgeRecords records, String sandbox) throws IOException {
        String address = records.leases("network").lease(sandbox, RANGE).orElseThrow();
        SandboxSpec spec = new SandboxSpec(
                "id",
                0,
                new PodIdentity("shop", "web", "uid"),
                "web",
                "",
                SandboxSpec.DnsSetup.engineDefault(),
                Map.of(),
                List.of(),
                SandboxSpec.Namespaces.ofPod(),
                "",
                Map.of(),
                Map.of(),
                Map.of());
        records.files("network").write(sandbox, spec, address, "");
        return address;
    }
}
