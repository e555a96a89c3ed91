resource "covey_cluster" "prod" {
  name   = "prod"
  voters = { a = "10.0.0.11" }
}

# Found as web.service.consul; an apply waits until all three instances are healthy.
resource "covey_service" "web" {
  name       = "web"
  cluster    = covey_cluster.prod.access_key
  image      = "nginx:1.27"
  instances  = 3
  cpus       = 0.5
  memory_mib = 128

  ports = [{ name = "http", container_port = 80 }]

  health = {
    http = "/"
    port = "http"
  }

  constraints = [{ attribute = "node", operator = "UNIQUE" }]
}
