package io.orchestrator.core.registry.validation;

import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.Sysctl;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Kernel settings of a pod's namespaces: a node refuses those that it does not grant, but a name must be one. */
final class SysctlValidation {
    private static final int MAX_LENGTH = 253;
    private static final String SEGMENT = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final String NAME = "^(" + SEGMENT + "[\\./])*" + SEGMENT + "$";
    private static final Pattern PATTERN = Pattern.compile(NAME);
    private static final String NETWORK = "net.";
    private static final List<String> IPC =
            List.of("kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shm", "fs.mqueue.");

    private SysctlValidation() {}

    static void all(List<Sysctl> sysctls, PodSpec pod, Path field, Violations violations) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < sysctls.size(); i++) {
            String name = sysctls.get(i).name();
            Path at = field.index(i).child("name");
            if (name.isEmpty()) {
                violations.required(at);
            } else if (name.length() > MAX_LENGTH || !PATTERN.matcher(name).matches()) {
                violations.invalid(at, name, "must have at most " + MAX_LENGTH + " characters and match regex " + NAME);
            } else if (!names.add(name)) {
                violations.duplicate(at, name);
            }
            String plain = name.replace('/', '.');
            if (pod.hostNetwork() && plain.startsWith(NETWORK)) {
                violations.invalid(at, name, "may not be specified when 'hostNetwork' is true");
            }
            if (pod.hostIPC() && IPC.stream().anyMatch(plain::startsWith)) {
                violations.invalid(at, name, "may not be specified when 'hostIPC' is true");
            }
        }
    }
}
