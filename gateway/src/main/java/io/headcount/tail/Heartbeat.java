package io.headcount.tail;

import io.headcount.model.DeviceProperty;
import io.headcount.model.Post;
import io.headcount.model.RowFlag;
import io.headcount.model.RowSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A camera's sign of life: a post without rows.
 *
 * @param head the record
 * @param source how it was reported
 * @param flagMask {@link RowFlag} bits
 * @param properties what the camera told about itself, in the order of the enum; secrets are never among it
 */
public record Heartbeat(RecordHead head, RowSource source, int flagMask, Map<DeviceProperty, String> properties) {
    /** Makes the map immutable. */
    public Heartbeat {
        Map<DeviceProperty, String> copy = new EnumMap<>(DeviceProperty.class);
        copy.putAll(properties);
        properties = Collections.unmodifiableMap(copy);
    }

    static Heartbeat of(RecordHead head, Post post) {
        Map<DeviceProperty, String> properties = new EnumMap<>(DeviceProperty.class);
        for (DeviceProperty property : DeviceProperty.values()) {
            if (post.property(property) != null) {
                properties.put(property, post.property(property));
            }
        }
        return new Heartbeat(head, post.source(), post.flags(), properties);
    }

    /** The names of the flags. */
    public List<String> flags() {
        return RowFlag.labels(flagMask);
    }
}
