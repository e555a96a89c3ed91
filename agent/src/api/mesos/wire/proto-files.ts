import { containersProto } from "./containers-proto";
import { resourcesProto } from "./resources-proto";
import { schedulerProto } from "./scheduler-proto";
import { statusesProto } from "./statuses-proto";
import { tasksProto } from "./tasks-proto";

/** All of the API's messages as .proto files, by the path they import one another by. */
export const protoFiles: Readonly<Record<string, string>> = {
  "mesos/v1/resources.proto": resourcesProto,
  "mesos/v1/containers.proto": containersProto,
  "mesos/v1/tasks.proto": tasksProto,
  "mesos/v1/statuses.proto": statusesProto,
  "mesos/v1/scheduler/scheduler.proto": schedulerProto,
};
