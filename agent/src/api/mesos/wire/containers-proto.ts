/** What runs and what it runs in. Numbers and `required` are those of apache/mesos include/mesos/v1/mesos.proto (1.11). */
export const containersProto = `
syntax = "proto2";
package mesos.v1;
import "mesos/v1/resources.proto";

message Environment {
  message Variable {
    enum Type {
      UNKNOWN = 0;
      VALUE = 1;
      SECRET = 2;
    }
    required string name = 1;
    optional string value = 2;
    optional Type type = 3 [default = VALUE];
    optional Secret secret = 4;
  }
  repeated Variable variables = 1;
}

message Secret {
  enum Type {
    UNKNOWN = 0;
    REFERENCE = 1;
    VALUE = 2;
  }
  message Reference {
    required string name = 1;
    optional string key = 2;
  }
  message Value { required bytes data = 1; }
  optional Type type = 1;
  optional Reference reference = 2;
  optional Value value = 3;
}

message CommandInfo {
  message URI {
    required string value = 1;
    optional bool executable = 2;
    optional bool extract = 3 [default = true];
    optional bool cache = 4;
    optional string output_file = 5;
  }
  repeated URI uris = 1;
  optional Environment environment = 2;
  optional string value = 3;
  optional string user = 5;
  optional bool shell = 6 [default = true];
  repeated string arguments = 7;
}

message Image {
  enum Type {
    APPC = 1;
    DOCKER = 2;
  }
  message Appc { required string name = 1; }
  message Docker { required string name = 1; }
  required Type type = 1;
  optional Appc appc = 2;
  optional Docker docker = 3;
  optional bool cached = 4 [default = true];
}

message Volume {
  enum Mode {
    RW = 1;
    RO = 2;
  }
  message Source {
    enum Type {
      UNKNOWN = 0;
      DOCKER_VOLUME = 1;
      SANDBOX_PATH = 2;
      SECRET = 3;
      HOST_PATH = 4;
      CSI_VOLUME = 5;
    }
    message DockerVolume {
      optional string driver = 1;
      required string name = 2;
      optional Parameters driver_options = 3;
    }
    message SandboxPath {
      enum Type {
        UNKNOWN = 0;
        SELF = 1;
        PARENT = 2;
      }
      optional Type type = 1;
      required string path = 2;
    }
    message HostPath { required string path = 1; }
    optional Type type = 1;
    optional DockerVolume docker_volume = 2;
    optional SandboxPath sandbox_path = 3;
    optional Secret secret = 4;
    optional HostPath host_path = 5;
  }
  required string container_path = 1;
  optional string host_path = 2;
  required Mode mode = 3;
  optional Image image = 4;
  optional Source source = 5;
}

message NetworkInfo {
  enum Protocol {
    IPv4 = 1;
    IPv6 = 2;
  }
  message IPAddress {
    optional Protocol protocol = 1 [default = IPv4];
    optional string ip_address = 2;
  }
  message PortMapping {
    required uint32 host_port = 1;
    required uint32 container_port = 2;
    optional string protocol = 3;
  }
  repeated string groups = 3;
  optional Labels labels = 4;
  repeated IPAddress ip_addresses = 5;
  optional string name = 6;
  repeated PortMapping port_mappings = 7;
}

message LinuxInfo {
  enum IpcMode {
    UNKNOWN = 0;
    PRIVATE = 1;
    SHARE_PARENT = 2;
  }
  optional bool share_pid_namespace = 4;
  optional IpcMode ipc_mode = 6;
  optional uint32 shm_size = 7;
  optional bool share_cgroups = 8 [default = true];
}

message TTYInfo {
  message WindowSize {
    required uint32 rows = 1;
    required uint32 columns = 2;
  }
  optional WindowSize window_size = 1;
}

message ContainerInfo {
  enum Type {
    DOCKER = 1;
    MESOS = 2;
  }
  message DockerInfo {
    enum Network {
      HOST = 1;
      BRIDGE = 2;
      NONE = 3;
      USER = 4;
    }
    message PortMapping {
      required uint32 host_port = 1;
      required uint32 container_port = 2;
      optional string protocol = 3;
    }
    required string image = 1;
    optional Network network = 2 [default = HOST];
    repeated PortMapping port_mappings = 3;
    optional bool privileged = 4 [default = false];
    repeated Parameter parameters = 5;
    optional bool force_pull_image = 6;
    optional string volume_driver = 7;
  }
  message MesosInfo { optional Image image = 1; }
  required Type type = 1;
  repeated Volume volumes = 2;
  optional DockerInfo docker = 3;
  optional string hostname = 4;
  optional MesosInfo mesos = 5;
  repeated NetworkInfo network_infos = 7;
  optional LinuxInfo linux_info = 8;
  optional TTYInfo tty_info = 10;
}

message HealthCheck {
  enum Type {
    UNKNOWN = 0;
    COMMAND = 1;
    HTTP = 2;
    TCP = 3;
  }
  message HTTPCheckInfo {
    required uint32 port = 1;
    optional string path = 2;
    optional string scheme = 3;
    repeated uint32 statuses = 4;
    optional NetworkInfo.Protocol protocol = 5 [default = IPv4];
  }
  message TCPCheckInfo {
    required uint32 port = 1;
    optional NetworkInfo.Protocol protocol = 2 [default = IPv4];
  }
  optional HTTPCheckInfo http = 1;
  optional double delay_seconds = 2 [default = 15.0];
  optional double interval_seconds = 3 [default = 10.0];
  optional double timeout_seconds = 4 [default = 20.0];
  optional uint32 consecutive_failures = 5 [default = 3];
  optional double grace_period_seconds = 6 [default = 10.0];
  optional CommandInfo command = 7;
  optional Type type = 8;
  optional TCPCheckInfo tcp = 9;
}

message CheckInfo {
  enum Type {
    UNKNOWN = 0;
    COMMAND = 1;
    HTTP = 2;
    TCP = 3;
  }
  message Command { required CommandInfo command = 1; }
  message Http {
    required uint32 port = 1;
    optional string path = 2;
  }
  message Tcp { required uint32 port = 1; }
  optional Type type = 1;
  optional Command command = 2;
  optional Http http = 3;
  optional double delay_seconds = 4 [default = 15.0];
  optional double interval_seconds = 5 [default = 10.0];
  optional double timeout_seconds = 6 [default = 20.0];
  optional Tcp tcp = 7;
}

message KillPolicy { optional DurationInfo grace_period = 1; }
`;
