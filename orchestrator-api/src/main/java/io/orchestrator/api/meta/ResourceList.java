package io.orchestrator.api.meta;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import java.util.Iterator;
import java.util.List;

@Description("Several objects of one kind, as of one revision.")
public record ResourceList<T extends Resource>(
        @Field(value = "The revision of the list and how to get its next page.", tag = 1)
        ListMeta metadata,

        @Field(value = "The objects.", tag = 2, required = true, alwaysWritten = true)
        List<T> items)
        implements Iterable<T> {
    public ResourceList {
        metadata = Fields.orElse(metadata, ListMeta.EMPTY);
        items = Fields.list(items);
    }

    @Override
    public Iterator<T> iterator() {
        return items.iterator();
    }
}
