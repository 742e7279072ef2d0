package io.orchestrator.core.patch.apply;

import io.orchestrator.api.client.Cause;
import io.orchestrator.api.client.Reason;
import io.orchestrator.core.patch.PatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Others own fields that an apply would change: 409, with a cause per field. */
public final class ApplyConflictException extends PatchException {
    private static final long serialVersionUID = 1L;

    private ApplyConflictException(String message, List<Cause> causes) {
        super(Reason.CONFLICT, message, causes);
    }

    static ApplyConflictException of(Map<ManagedFields.Owner, FieldSet> conflicts) {
        List<Cause> causes = new ArrayList<>();
        SortedMap<String, List<String>> byOwner = new TreeMap<>();
        conflicts.forEach((owner, fields) -> {
            for (String path : fields.paths()) {
                causes.add(new Cause("FieldManagerConflict", path, "conflict with " + owner.inWords()));
                byOwner.computeIfAbsent(owner.inWords(), key -> new ArrayList<>())
                        .add(path);
            }
        });
        if (causes.size() == 1) {
            Cause only = causes.get(0);
            return new ApplyConflictException(
                    "Apply failed with 1 conflict: " + only.message() + ": " + only.field(), causes);
        }
        StringJoiner owners = new StringJoiner("\n");
        byOwner.forEach((owner, paths) -> owners.add("conflicts with " + owner + ":\n- " + String.join("\n- ", paths)));
        return new ApplyConflictException("Apply failed with " + causes.size() + " conflicts: " + owners, causes);
    }
}
