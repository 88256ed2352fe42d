package io.headcount.bench.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Asks a JVM on this machine for its own accounting, through its management interface. One thread. process -> Vitals. */
final class VitalsProbe implements AutoCloseable {
    private static final long KIB = 1024;

    private final long pid;
    private final JMXConnector connector;
    private final OperatingSystemMXBean system;
    private final ThreadMXBean threads;
    private final MemoryMXBean memory;
    private final List<GarbageCollectorMXBean> collectors = new ArrayList<>();

    private VitalsProbe(long pid, JMXConnector connector) throws IOException, MalformedObjectNameException {
        this.pid = pid;
        this.connector = connector;
        MBeanServerConnection server = connector.getMBeanServerConnection();
        this.system = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, OperatingSystemMXBean.class);
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        this.memory = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        ObjectName all = new ObjectName(ManagementFactory.GARBAGE_COLLECTOR_MXBEAN_DOMAIN_TYPE + ",*");
        for (ObjectName name : server.queryNames(all, null)) {
            collectors.add(
                    ManagementFactory.newPlatformMXBeanProxy(server, name.toString(), GarbageCollectorMXBean.class));
        }
    }

    /** Attaches to a process, which must be a JVM of this user. */
    @SuppressWarnings("BanJNDI") // the address is what that process has just said of itself
    static VitalsProbe attach(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            return new VitalsProbe(pid, JMXConnectorFactory.connect(new JMXServiceURL(address)));
        } catch (AttachNotSupportedException | MalformedObjectNameException notAJvm) {
            throw new IOException("process " + pid + " does not let itself be measured", notAJvm);
        }
    }

    /** What it has used by now. */
    Vitals read() throws IOException {
        long allocated = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        long collections = 0;
        long collectionMs = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            collections += collector.getCollectionCount();
            collectionMs += collector.getCollectionTime();
        }
        return new Vitals(system.getProcessCpuTime(), allocated, rssBytes(), collections, collectionMs);
    }

    /** The heap in use after a collection, bytes. */
    long heapAfterCollection() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private long rssBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
            }
        }
        throw new IOException("process " + pid + " has no VmRSS");
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
